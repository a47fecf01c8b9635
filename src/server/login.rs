//! Logins that several persons share: which account a PIN lets in, and the hash of a PIN that is set. PINs are hashed and
//! compared here, on the connection's own thread; the writer hears only whether an attempt was right.

use super::hall::Hall;
use super::peer::Peer;
use super::refusal::Refusal;
use super::session::Asker;
use super::writer::Job;
use crate::desk::{State, login};
use crate::model::{Account, AccountId, Actor, Command, Login, MOST_WRONG, PinState, PinTried, Secret, SetPin};
use crate::store::StoreError;
use crate::wire::{ErrorKind, Failure, LoginAsked};
use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};

/// Digits of a PIN.
const DIGITS: std::ops::RangeInclusive<usize> = 6..=12;

/// What is known of a user of the system.
pub(super) fn of(hall: &Hall, user: &str) -> Result<Login, StoreError> {
    let calendar = hall.calendar();
    login::login(&State::new(hall.store(), &calendar), user)
}

/// How the PIN of an account at its login stands today.
pub(super) fn state(hall: &Hall, account: &Account) -> Result<(bool, PinState), Refusal> {
    let Some(user) = account.os_user.as_deref() else { return Ok((false, PinState::None)) };
    let login = of(hall, user)?;
    let today = hall.today()?;
    let state = match login.pin(&account.id) {
        None => PinState::None,
        Some(pin) if pin.left(today) == 0 => PinState::Closed,
        Some(_) => PinState::Set,
    };
    Ok((login.shared, state))
}

/// The active accounts of a user, by their names.
fn accounts(hall: &Hall, user: &str) -> Vec<Arc<Account>> {
    let mut accounts = hall.store().accounts();
    accounts.retain(|account| account.active && account.os_user.as_deref() == Some(user));
    accounts.sort_by(|a, b| a.id.cmp(&b.id));
    accounts
}

/// What is said to who comes over a shared login: that a PIN is needed, and the accounts to choose among.
pub(super) fn needed(hall: &Hall, peer: &Peer, named: Option<&AccountId>, why: &str) -> Result<Failure, StoreError> {
    let mut details = Vec::new();
    for account in accounts(hall, &peer.name).iter().filter(|one| named.is_none_or(|id| one.id == *id)) {
        let office = hall.store().office(&account.office)?.map_or_else(String::new, |office| office.name);
        let posts: Vec<&str> = account.posts.iter().map(|post| post.name()).collect();
        details.push(format!("{} {} {office} {}", account.id, account.name, posts.join("、")));
    }
    let message = if why.is_empty() {
        format!("操作系统用户 {} 由数人共用，请报账号和 PIN", peer.name)
    } else {
        why.to_owned()
    };
    Ok(Failure { kind: ErrorKind::Pin, message, details, left: None })
}

/// Lets in whoever gives the right PIN, and says from then on which person the connection is. The attempt is on disk
/// before it is answered: one that cannot be written down lets nobody in.
pub(super) fn enter(
    hall: &Hall,
    peer: &mut Peer,
    asked: &LoginAsked,
    jobs: &SyncSender<Job>,
) -> Result<Account, Failure> {
    let failed = |e: StoreError| match Refusal::from(e) {
        Refusal::Failure(failure) => failure,
        Refusal::Rule(finding) => Failure::new(ErrorKind::NoAccess, finding.because),
    };
    let no_access = |message: String| Failure::new(ErrorKind::NoAccess, message);
    let user = peer.name.clone();
    let Some(account) = accounts(hall, &user).into_iter().find(|account| account.id == asked.account) else {
        let why = format!("操作系统用户 {user} 没有账号 {}；请在所列账号中选择，再报 PIN", asked.account);
        return Err(needed(hall, peer, None, &why).map_err(failed)?);
    };
    let _one_by_one = hall.pins();
    let login = of(hall, &user).map_err(failed)?;
    if !login.shared {
        return Err(no_access(format!("操作系统用户 {user} 不是共用登录，不用 PIN；请直接打开")));
    }
    let Some(pin) = login.pin(&account.id) else {
        let id = &account.id;
        return Err(no_access(format!("账号 {id} 还没有 PIN；请系统管理岗设置（xueji account pin {id}）")));
    };
    let today = hall.today().map_err(failed)?;
    let closed = || {
        let id = &account.id;
        no_access(format!(
            "账号 {id} 今天已连续输错 {MOST_WRONG} 次，PIN 停用到明日零时；急用的请系统管理岗重设（xueji account pin {id}）"
        ))
    };
    if pin.left(today) == 0 {
        return Err(closed());
    }
    let right = holds(&pin.hash, &asked.pin);
    let tried = PinTried { account: account.id.clone(), os_user: user.clone(), right };
    let (answer, word) = sync_channel(1);
    let command = Box::new(Command::PinTried(tried));
    let job = Job::Command { actor: Actor::from(&*account), today: None, command_id: None, command, answer };
    let closing = || Failure::new(ErrorKind::Busy, "服务正在关闭，请稍候再试");
    jobs.send(job).map_err(|_| closing())?;
    let said = word.recv().map_err(|_| closing())?.map_err(|refused| match Refusal::from(refused) {
        Refusal::Failure(failure) => failure,
        Refusal::Rule(finding) => no_access(finding.because.clone()),
    })?;
    if right {
        peer.person = Some(account.person.clone());
        return Ok(Account::clone(&account));
    }
    tracing::warn!(user = %user, account = %account.id, "wrong PIN");
    match said["left"].as_u64() {
        Some(left) if left > 0 => {
            let why = format!("PIN 不对，还可以试 {left} 次；这一次已记入日志");
            let failure = needed(hall, peer, Some(&account.id), &why).map_err(failed)?;
            Err(Failure { left: Some(left), ..failure })
        }
        _ => Err(closed()),
    }
}

/// Whether this PIN has this hash. A hash that cannot be read holds nobody.
fn holds(hash: &str, pin: &Secret) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(pin.0.as_bytes(), &hash).is_ok())
}

/// The command with the hash in the PIN's place: from here on nothing knows the PIN itself.
pub(super) fn hashed(asker: &Asker, of: SetPin) -> Result<Command, Refusal> {
    fit(&of.pin)?;
    let broken = |what: String| Failure::new(ErrorKind::Damaged, format!("PIN 无法散列：{what}"));
    let salt = SaltString::encode_b64(uuid::Uuid::new_v4().as_bytes()).map_err(|e| broken(e.to_string()))?;
    let hash = Argon2::default().hash_password(of.pin.0.as_bytes(), &salt).map_err(|e| broken(e.to_string()))?;
    tracing::info!(account = %of.account, by = %asker.actor.account, "PIN set");
    Ok(Command::SetPin(SetPin { account: of.account, pin: Secret(hash.to_string()) }))
}

/// Refuses a PIN that anybody would try first.
fn fit(pin: &Secret) -> Result<(), Failure> {
    let digits = pin.0.as_bytes();
    let wrong = |message: &str| Err(Failure::new(ErrorKind::Input, message));
    if !DIGITS.contains(&digits.len()) || !digits.iter().all(u8::is_ascii_digit) {
        return wrong("PIN 须为6至12位数字，没有保存；请另选");
    }
    let steps = |by: u8| digits.windows(2).all(|pair| pair[0].wrapping_add(by) == pair[1]);
    if steps(0) || steps(1) || steps(u8::MAX) {
        return wrong("PIN 不能是同一个数字或顺着数的数字（如 111111、123456、654321），没有保存；请另选");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_has_six_to_twelve_digits_and_is_not_the_first_guess() {
        let fits = |pin: &str| fit(&Secret(pin.to_owned())).is_ok();
        for good in ["802613", "112233", "121212", "999998", "804192736501"] {
            assert!(fits(good), "{good}");
        }
        for bad in ["80261", "8041927365012", "80261a", "８０２６１３", "", "000000", "123456", "987654", "2345678"]
        {
            assert!(!fits(bad), "{bad}");
        }
    }

    #[test]
    fn a_hash_holds_its_own_pin_and_no_other_and_nothing_shows_the_pin() {
        let salt = SaltString::encode_b64(&[7; 16]).unwrap();
        let hash = Argon2::default().hash_password(b"802613", &salt).unwrap().to_string();
        assert!(hash.starts_with("$argon2id$") && !hash.contains("802613"));
        assert!(holds(&hash, &Secret("802613".to_owned())));
        for other in ["802614", "80261", "", "8026130"] {
            assert!(!holds(&hash, &Secret(other.to_owned())), "{other}");
        }
        assert!(!holds("", &Secret("802613".to_owned())));
        assert_eq!(format!("{:?}", Secret("802613".to_owned())), "Secret(…)");
    }
}
