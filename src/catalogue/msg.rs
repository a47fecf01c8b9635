//! The names of all fixed texts. A text that lacks a language does not compile.

macro_rules! messages {
    ($($name:ident)+) => {
        /// One fixed text. What it says is in `zh` and `en`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the texts themselves say what they are")]
        pub enum Msg {
            $($name,)+
            /// One of screen 5's.
            Alert(super::AlertMsg),
            /// One of screen 7's.
            National(super::NationalText),
            /// One of screen 8's.
            Grad(super::GradMsg),
            /// One of screen 3's, or of drafts.
            Entry(super::EntryMsg),
        }

        impl Msg {
            /// All of them, but for those that have a catalogue of their own.
            pub const ALL: &'static [Msg] = &[$(Msg::$name),+];
        }
    };
}

messages! {

    ActApprove ActReturn ActRefuse ActSendBack ActSubmit ActWithdraw ActCancel ActNew ActAttach ActFetch
    ActBasis ActOpen ActBack ActDown ActUp ActPageDown ActPageUp ActFirst ActLast ActNextTab ActPrevTab
    ActConfirm ActLeave ActNextField ActPrevField ActAccept ActNewLine ActDone ActKeep ActRefresh ActAccounts
    ActHelp ActQuit HelpApprove HelpReturn HelpRefuse HelpSendBack HelpSubmit HelpWithdraw HelpCancel HelpNew
    HelpAttach HelpFetch HelpBasis HelpOpen HelpBack HelpDown HelpUp HelpPageDown HelpPageUp HelpFirst
    HelpLast HelpNextTab HelpPrevTab HelpConfirm HelpLeave HelpNextField HelpPrevField HelpAccept HelpNewLine
    HelpDone HelpKeep HelpRefresh HelpAccounts HelpHelp HelpQuit ScopeAny ScopeList ScopeCase ScopePane
    ScopePick ScopeForm ScopeWrite ScopeConfirm TabMine TabSentBack TabOffice TabUnderWay ColLeft ColKind
    ColStudent ColSchool ColStep ColArrived ColClaim LightOverdue LightToday LightNear LeftOverdue LeftToday
    LeftDays ProvOverdue ProvToday ProvDays Exercise Fresh Digest LinkDown AmbiguousWide WideOtherwise Connecting Loading Empty TooSmall
    KindSuspension KindSuspensionShort KindResumption KindResumptionShort KindRepetition KindRepetitionShort KindMajorChange KindMajorChangeShort KindWithdrawal KindWithdrawalShort KindRestoration KindRestorationShort KindAnnulment KindAnnulmentShort KindDeath KindDeathShort KindOther KindOtherShort KindCorrection KindCorrectionShort KindTransfer KindTransferShort LevelSchool LevelCounty LevelCity LevelProvince PostEntry PostReview
    PostHandler PostReviewer PostSupervisor PostKeeper OutApprove OutReturn OutRefuse OutSubmit StepFirst
    StepSentBack StepSentBackSchool StepSchoolSecond StepSecondApprove StepSecondReturn StepSecondRefuse
    StepReturned StepPreparing StepGranted StepRefused StepCancelled PhasePreparing PhaseOpen PhaseReturned
    PhaseGranted PhaseRefused PhaseCancelled StatusRegistered StatusEnrolled StatusSuspended StatusWithdrawn
    StatusCancelled StatusDeceased StatusGraduated StatusCompleted StatusStageEnded SevBlock SevNotice SevHint
    Derived Article ArticlePara ArticleNone HeadStudent HeadAsked HeadClock HeadClaim HeadChanges HeadPath
    HeadEvidence HeadProposed NotEntry HeadFindings HeadCancelled AskedPeriod AskedGround StudentNo StudentTimes Provincial
    ClockLine ClockUsed ClockLate ClockReference ClockProvisional ClockNone ClaimSince StepAhead StepCurrent
    StepDone StepArrived StepHere StepRound ActProposed ActSubmitted ActAgreed ActSentBack
    ActProposalWithdrawn ActAgreementWithdrawn ActSentBackWithdrawn ActAmended EvidenceNone EvidenceMissing
    EvidenceOriginal FindingsNone Remedy ReasonMaterial BasisTitle BasisCalendar BasisCount BasisStart
    BasisDay BasisNotCounted BasisToday BasisDueDay Weekdays BasisRules BasisDue HelpTitle AccountsTitle
    EvidenceTitle WriteReturn WriteRefuse WriteSendBack WriteCancel WriteHintReasons WriteHintRemark
    WriteHintCancel WriteEmpty AttachTitle FieldPath FieldKind FieldPlace StartTitle FieldStudent FieldAsked
    StartFindHint StartNone StartPick StartDate StartNoStudent StartBadDate
    StartNoValue StartNotChosen StartBadNumber StartUnread StartNoKind StartPickKind StartNotOpen StartLookHint
    StartPickValue StartNumberHint HeadHand HandOf AttachMissing AttachPick StartRoute StartNeeds StartDays StartNoDays StartRefused ConfirmDeed ConfirmReasons
    ConfirmPropose ConfirmAgree ConfirmSendBack ConfirmAgreeSchool ConfirmSubmit ConfirmWithdraw ConfirmCancel
    ConfirmStart ConfirmQuit Done DoneStart DoneNext DoneLast DroppedEarly GoneBy Gone ClosingNote DayChanged
    AccountChanged LinkNeeded LinkLost LinkLostPending LinkBack NoKey NoRow NoEvidence NotExercise Switched
    Pasted Kept FileSent FileGot FileFailed FileAttaching FileFetching NeedPath NeedKind Stale CaseChanged
    ActRemark HelpRemark ActPark HelpPark ActHandOver HelpHandOver ActPrint HelpPrint ActSubstitute HelpSubstitute
    ActSaveLimit HelpSaveLimit ActDropSaved HelpDropSaved TabActed TabParked
    Failed Unreadable Stripped PasteStripped RefusedBy More Me
    ActCommand ActRun ActComplete ActOlder ActNewer HelpCommand HelpRun HelpComplete HelpOlder HelpNewer
    ScopeCommand CmdUnknown CmdSeveral CmdNotHere CmdNeedsId CmdNeedsRule CmdNeedsDay CmdExercise CmdArg
    CmdArgId CmdArgRule CmdArgDay CmdArgAccount CmdArgStudent RulesTitle
    ActLimit ActUnlimit HelpLimit HelpUnlimit TabDueSoon TabLate TabReturned LimitTitle LimitShown LimitLight
    LimitKind LimitFinding LimitArrived LimitSchool ArrivedToday ArrivedWeek LimitNone LimitNothing EmptyLimited
    ActQueue HelpQueue ActStudents HelpStudents ActCalendar HelpCalendar ActNextDay HelpNextDay ActPrevDay
    HelpPrevDay ActThisDay HelpThisDay ActNextMark HelpNextMark ActPrevMark
    HelpPrevMark ScopeCalendar CalendarNothingDue CalendarNoWindow ActReveal HelpReveal ActBeside HelpBeside ActOther HelpOther
    ScopeSearch ScopeRecord SearchLabel SearchHint SearchNone SearchCount SearchMany SearchBeside ColIdNo ColMajor
    ColClass ColStatus TabBasic TabTimeline TabCases LabelName LabelSex LabelBirth LabelEthnic LabelIdKind
    LabelIdNo LabelStudentNo LabelSchool LabelCampus LabelMajor LabelClass LabelForm LabelYears LabelEntry
    LabelGrad LabelStatus LabelSuspension LabelCompulsory SexMale SexFemale FormFullTime FormPartTime IdResident
    IdOther KindMoveOut KindMoveOutShort KindMoveIn KindMoveInShort StatusUnregistered StatusDeparted YearsOf StatusSince FromUntil TimelineNone TimelineBegin TimelineBy TimelineCase CasesNone RevealDone
    RevealMark BesideOf BesideNone RecordEnter QueueHere
    ActMark ActMarkAll ActTogether HelpMark HelpMarkAll HelpTogether ScopeBatch
    ActExternal HelpExternal ActFile HelpFile ActSync HelpSync ActUnsync HelpUnsync ActDispute HelpDispute ConfirmDispute ActArrival HelpArrival
    TabUnsynced WaitDays StepNational StepModule LightChase HeadFilings FilingLacking FilingDone HeadSync
    SyncNational SyncModule SyncReached SyncWaits SyncTaken FactExternal FactFile FactSync FactUnsync
    FactReasons ConfirmExternal ConfirmFile ConfirmSync ConfirmUnsync ArrivalName LabelFormer FormerUntil
    LabelJoint JointOf ActExternalWord
    Reminded RemindedPlain UrgedHeader UrgedRow ScopeBoard ActBoard HelpBoard ActRemind HelpRemind ActNote HelpNote
    ScopeSystem ActSystem HelpSystem ActAddAccount HelpAddAccount ActChange HelpChange ActDisable HelpDisable
    ActCheckStore HelpCheckStore
    ActPeriod HelpPeriod ActExport HelpExport ActImport HelpImport ActLeft HelpLeft ActRight HelpRight
}
