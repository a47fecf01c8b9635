//! Accounts, the persons behind them, and the posts (岗位) they hold.

use super::{AccountId, OfficeId, OnBehalf, PersonId, StandIn};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A post (岗位). Every hand acts through two of them (双岗, Art. 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Post {
    /// 录入, at a school: prepares and submits.
    Entry,
    /// 审核, at a school: checks what Entry submitted.
    Review,
    /// 经办, at an education office: proposes.
    Handler,
    /// 复核, at an education office: decides.
    Reviewer,
    /// 督办: reads and reminds.
    Supervisor,
    /// 系统管理: accounts and master data.
    Keeper,
}

impl Post {
    /// The field's own word for it.
    pub fn name(self) -> &'static str {
        match self {
            Post::Entry => "录入",
            Post::Review => "审核",
            Post::Handler => "经办",
            Post::Reviewer => "复核",
            Post::Supervisor => "督办",
            Post::Keeper => "系统管理",
        }
    }
    /// Whether it is one of the two posts of every step.
    pub fn acts(self) -> bool {
        matches!(self, Post::Entry | Post::Review | Post::Handler | Post::Reviewer)
    }
    /// The post that prepares a step at an office of this kind: 录入 at a school, 经办 at an education office.
    pub fn first(school: bool) -> Post {
        if school { Post::Entry } else { Post::Handler }
    }
    /// The post that checks it: 审核 or 复核.
    pub fn second(school: bool) -> Post {
        if school { Post::Review } else { Post::Reviewer }
    }
}

/// One account: an operating-system user, a person, an office and posts there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Account {
    /// Its short name.
    pub id: AccountId,
    /// Counts the changes of this record.
    pub revision: u64,
    /// The human being.
    pub person: PersonId,
    /// The person's name as shown.
    pub name: String,
    /// Where the posts are held.
    pub office: OfficeId,
    /// The posts held.
    pub posts: Vec<Post>,
    /// The operating-system user this account belongs to; the kernel's word, never the client's.
    pub os_user: Option<String>,
    /// Disabled accounts keep their history and can do nothing.
    pub active: bool,
}

impl Account {
    /// Whether a hand acts through this account: it is active and holds one of the two posts of every step. An office
    /// with a keeper alone decides nothing, and is not here.
    pub fn acts(&self) -> bool {
        self.active && self.posts.iter().any(|post| post.acts())
    }
}

/// Who asks: an account as it stood when the request arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Actor {
    /// The account used.
    pub account: AccountId,
    /// The person behind it.
    pub person: PersonId,
    /// The person's name.
    pub name: String,
    /// The office.
    pub office: OfficeId,
    /// The posts held there.
    pub posts: Vec<Post>,
    /// For whom the actor stands in today (代办).
    #[serde(default)]
    pub standing_in: Vec<StandIn>,
}

impl Actor {
    /// Whether the actor holds this post, as his own or for somebody he stands in for.
    pub fn holds(&self, post: Post) -> bool {
        self.posts.contains(&post) || self.for_whom(post).is_some()
    }

    /// Who is stood in for in this post, when it is not the actor's own.
    fn for_whom(&self, post: Post) -> Option<&StandIn> {
        self.standing_in.iter().find(|one| !self.posts.contains(&post) && one.posts.contains(&post))
    }

    /// All posts held, those of others whom the actor stands in for last.
    pub fn all_posts(&self) -> Vec<Post> {
        let mut posts = self.posts.clone();
        for post in self.standing_in.iter().flat_map(|one| &one.posts) {
            if !posts.contains(post) {
                posts.push(*post);
            }
        }
        posts
    }

    /// Whether this is the actor, or somebody he stands in for.
    pub fn is_or_stands_in_for(&self, person: &PersonId) -> bool {
        self.person == *person || self.standing_in.iter().any(|one| one.person == *person)
    }

    /// Whether 督办 is all the actor does: such an account reads, reminds and takes notes, and can change nothing else.
    pub fn only_supervises(&self) -> bool {
        !self.posts.is_empty() && self.posts.iter().all(|post| *post == Post::Supervisor)
    }

    /// The signature of an act done in `post`.
    pub fn sign(&self, post: Post) -> Signature {
        let on_behalf = self.for_whom(post).map(|one| OnBehalf {
            account: one.account.clone(),
            person: one.person.clone(),
            name: one.name.clone(),
        });
        Signature {
            on_behalf,
            account: self.account.clone(),
            person: self.person.clone(),
            name: self.name.clone(),
            office: self.office.clone(),
            post,
        }
    }
}

impl From<&Account> for Actor {
    fn from(account: &Account) -> Self {
        Actor {
            account: account.id.clone(),
            person: account.person.clone(),
            name: account.name.clone(),
            office: account.office.clone(),
            posts: account.posts.clone(),
            standing_in: Vec::new(),
        }
    }
}

/// Who did something, for good: unit, post, person (权责相匹配, Art. 4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Signature {
    /// The account used.
    pub account: AccountId,
    /// The person.
    pub person: PersonId,
    /// The person's name at that time.
    pub name: String,
    /// The office acted for.
    pub office: OfficeId,
    /// The post acted in.
    pub post: Post,
    /// In whose place (代办), when the post was not the person's own.
    #[serde(default)]
    pub on_behalf: Option<OnBehalf>,
}

impl Signature {
    /// Whether this person acted, or somebody in the person's place: either way he may not act in the other post.
    pub fn is_of(&self, person: &PersonId) -> bool {
        self.person == *person || self.on_behalf.as_ref().is_some_and(|away| away.person == *person)
    }
}
