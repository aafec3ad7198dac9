//! What an article does to the feed: only the difference between what it said before and what it says now.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use dateline_journal::{ArticleRecord, Report, ViewError};
use dateline_proto::v1;
use prost::Message as _;

use super::{
    draft::{Draft, Knowledge, Plan},
    identity::{merged_id, same_key, unmerged_id},
    known::Effect,
    merge::count_mentions,
    same::tell_the_same,
    successor::successors,
};

/// An article that went through the coder.
#[derive(Clone, Debug, PartialEq)]
pub struct CodedArticle {
    /// The article, with its text; `event_ids` are filled in here.
    pub record: ArticleRecord,
    /// One event for each time that a sentence reports one, in the order of the text, with that sentence as its one mention. They have
    /// no `event_id` yet.
    pub events: Vec<v1::Event>,
    /// What tells copies of its text: see the module `copies`.
    pub sketch: Vec<u32>,
    /// Even the same article again is no duplicate.
    pub recode: bool,
    /// The feed's own text was coded anew: this has to be its newest version still.
    pub stored_hash: Option<String>,
}

impl CodedArticle {
    /// About what it takes in memory.
    pub(super) fn bytes(&self) -> usize {
        let events = self.events.iter().map(|event| event.encoded_len());
        self.record.encoded_len() + events.sum::<usize>()
    }
}

/// What becomes of an article.
#[derive(Debug)]
pub(crate) enum Edit {
    /// The feed has it just so.
    Duplicate { events: usize },
    /// The text that was coded is no longer the newest of the article.
    Superseded,
    /// An entry, and what it does.
    Change {
        plan: Box<Plan>,
        response: v1::IngestArticleResponse,
    },
}

/// What a withdrawal does.
#[derive(Debug)]
pub(crate) struct Withdrawal {
    pub(crate) plan: Plan,
    pub(crate) response: v1::WithdrawArticleResponse,
}

/// Whether the feed has just this text, title, publication time and coder version.
pub(crate) fn is_duplicate(known: &ArticleRecord, new: &ArticleRecord) -> bool {
    !known.withdrawn
        && known.text_hash == new.text_hash
        && known.title == new.title
        && known.publish_time == new.publish_time
        && known.coder == new.coder
}

/// Plans what an article does.
pub(crate) fn edit(
    coded: CodedArticle,
    knowledge: &impl Knowledge,
    merging: bool,
) -> Result<Edit, ViewError> {
    let mut record = coded.record;
    let known = knowledge
        .article(&record.article_id)?
        .filter(|known| !known.withdrawn);
    if let Some(hash) = &coded.stored_hash
        && known.as_ref().map(|known| &known.text_hash) != Some(hash)
    {
        return Ok(Edit::Superseded);
    }
    if let Some(known) = known
        .as_ref()
        .filter(|known| !coded.recode && is_duplicate(known, &record))
    {
        let events = known.event_ids.len();
        return Ok(Edit::Duplicate { events });
    }
    if known
        .as_ref()
        .is_some_and(|known| known.text_hash == record.text_hash)
    {
        record.text = None;
    }
    let old_ids = known
        .as_ref()
        .map(|known| known.event_ids.as_slice())
        .unwrap_or_default();
    let reports = reports(coded.events, &record.article_id, merging);
    record.event_ids = reports.iter().map(|report| report.event_id.clone()).collect();

    let mut draft = Draft::new(knowledge);
    let mut response = v1::IngestArticleResponse {
        article_id: record.article_id.clone(),
        ..Default::default()
    };
    response.set_outcome(match known {
        None => v1::IngestOutcome::New,
        Some(_) => v1::IngestOutcome::Updated,
    });
    let gone = take_away(&mut draft, &record, old_ids, "an edit of its article took it out")?;
    response.retracted = gone.retracted.len() as u32;
    response.corrected = gone.corrected;
    let mut appeared = Vec::new();
    let source: Arc<str> = record.article_id.as_str().into();
    for report in reports {
        let before = draft.known(&report.event_id)?.reports.get(&source).is_some();
        let said = Report {
            event: Arc::new(report.clone()),
            sketch: coded.sketch.clone(),
        };
        match draft.put(&source, said, tell_the_same)? {
            Effect::Revised(v1::Change::Created) => response.created += 1,
            Effect::Revised(v1::Change::Corroborated) => response.corroborated += 1,
            Effect::Revised(_) => response.corrected += 1,
            Effect::Unchanged | Effect::Silent => response.unchanged += 1,
        }
        if !before && draft.has_revised(&report.event_id) {
            appeared.push(report);
        }
    }
    let vanished: Vec<&v1::Event> = gone.retracted.iter().map(|report| &*report.event).collect();
    let appeared: Vec<_> = appeared.iter().collect();
    for (old, new) in successors(&vanished, &appeared) {
        draft.set_successor(&vanished[old].event_id, &appeared[new].event_id);
    }
    let plan = Box::new(draft.finish(Some(record)));
    Ok(Edit::Change { plan, response })
}

/// Plans to take all mentions of an article away. None: the feed has no such article, or it is withdrawn already.
pub(crate) fn withdraw(
    article_id: &str,
    reason: &str,
    knowledge: &impl Knowledge,
) -> Result<Option<Withdrawal>, ViewError> {
    let Some(known) = knowledge.article(article_id)?.filter(|known| !known.withdrawn) else {
        return Ok(None);
    };
    let record = ArticleRecord {
        event_ids: Vec::new(),
        withdrawn: true,
        ..known.clone()
    };
    let reason = if reason.is_empty() {
        "its article was withdrawn"
    } else {
        reason
    };
    let mut draft = Draft::new(knowledge);
    let gone = take_away(&mut draft, &record, &known.event_ids, reason)?;
    let response = v1::WithdrawArticleResponse {
        corrected: gone.corrected,
        retracted: gone.retracted.len() as u32,
        ..Default::default()
    };
    let plan = draft.finish(Some(record));
    Ok(Some(Withdrawal { plan, response }))
}

#[derive(Default)]
struct Gone {
    /// What the article had said of the events that nothing reports any more.
    retracted: Vec<Arc<Report>>,
    /// Events that lost a mention and have others.
    corrected: u32,
}

/// Takes the article's mentions from the events that it reported and does not report any more.
fn take_away<K: Knowledge>(
    draft: &mut Draft<'_, K>,
    record: &ArticleRecord,
    old_ids: &[String],
    reason: &str,
) -> Result<Gone, ViewError> {
    let mut gone = Gone::default();
    let kept: HashSet<&String> = record.event_ids.iter().collect();
    for event_id in old_ids.iter().filter(|id| !kept.contains(id)) {
        let said = draft.known(event_id)?.reports.get(&record.article_id).cloned();
        match draft.remove(&record.article_id, event_id, reason)? {
            Effect::Revised(v1::Change::Retracted) => {
                gone.retracted.extend(said);
            }
            Effect::Revised(_) => gone.corrected += 1,
            Effect::Unchanged | Effect::Silent => {}
        }
    }
    Ok(gone)
}

/// One report for each event of an article, in the order of the text: sentences that report the same event become its mentions, and the
/// first of them gives the fields.
fn reports(events: Vec<v1::Event>, article_id: &str, merging: bool) -> Vec<v1::Event> {
    let mut reports: Vec<v1::Event> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut ordinals: BTreeMap<Vec<Vec<u8>>, usize> = BTreeMap::new();
    for mut event in events {
        let shared = merging.then(|| merged_id(&event)).flatten();
        event.event_id = shared.unwrap_or_else(|| {
            let ordinal = ordinals.entry(same_key(&event)).or_default();
            *ordinal += 1;
            unmerged_id(&event, article_id, *ordinal - 1)
        });
        match places.get(&event.event_id) {
            Some(&place) => reports[place].mentions.append(&mut event.mentions),
            None => {
                places.insert(event.event_id.clone(), reports.len());
                reports.push(event);
            }
        }
    }
    reports.iter_mut().for_each(count_mentions);
    reports
}
