//! Opening a folder: what is whole is taken, a torn tail is cut, damage is told, and the views are brought up to the journal.

mod catch_up;
mod folder;
mod tail;

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use dateline_proto::time::Timestamp;

pub(crate) use self::catch_up::{CatchUpError, catch_up};
use crate::{
    Damage, Epoch, OpenError, Options, Progress, Recovery, Sequence, ViewError, Views,
    base::{Base, Frame},
    segment::{
        FORMAT, Header, Segment,
        index::{IndexHeader, MemoryIndex},
        place, scan,
        tail::Tail,
    },
    views::Mark,
    writer::{new_header, segment_path},
};

/// A folder that was opened.
pub(crate) struct Opened {
    pub(crate) lock: File,
    pub(crate) folder: PathBuf,
    pub(crate) epoch: Epoch,
    pub(crate) segments: Vec<Arc<Segment>>,
    pub(crate) tail: Tail,
    pub(crate) views: Views,
    pub(crate) next: Sequence,
    pub(crate) next_commit: u64,
    pub(crate) time: Timestamp,
    pub(crate) recovery: Recovery,
}

/// Opens a data folder, which is made if it is not there.
pub(crate) fn open(data: &Path, options: &Options, progress: &dyn Fn(Progress)) -> Result<Opened, OpenError> {
    let lock = folder::lock(data)?;
    open_locked(lock, data, options, progress)
}

/// The same, with the views deleted first.
pub(crate) fn open_without_views(
    data: &Path,
    options: &Options,
    progress: &dyn Fn(Progress),
) -> Result<Opened, OpenError> {
    let lock = folder::lock(data)?;
    let views = data.join("views");
    match fs::remove_dir_all(&views) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(OpenError::io(views, error)),
        _ => open_locked(lock, data, options, progress),
    }
}

fn open_locked(
    lock: File,
    data: &Path,
    options: &Options,
    progress: &dyn Fn(Progress),
) -> Result<Opened, OpenError> {
    let folder = data.join("journal");
    folder::make(&folder)?;
    let mut recovery = Recovery::default();
    let files = folder::segments(&folder)?;
    let mut headers = read_headers(files, &mut recovery)?;
    let epoch = folder::epoch(&folder, headers.first().map(|(_, header)| header.epoch))?;
    for (path, header) in &headers {
        if header.epoch != epoch {
            return Err(OpenError::Damaged {
                path: path.clone(),
                offset: 0,
            });
        }
    }
    let views_folder = data.join("views");
    let (views, mark) = open_views(&views_folder, options, epoch, &mut recovery)?;
    let base = Base::open(&folder).unwrap_or_else(|error| {
        tracing::error!(%error, "the base is damaged");
        recovery.damaged.push(Damage {
            place: "base:0".into(),
            first: Sequence::new(1),
            last: Sequence::ZERO,
        });
        None
    });
    let base = base.filter(|base| base.through.epoch == epoch);

    let total = headers.len();
    let mut segments = Vec::with_capacity(total + 1);
    let last = headers.pop();
    for (number, (path, header)) in headers.iter().enumerate() {
        progress(Progress::Segments { done: number, total });
        let next = headers
            .get(number + 1)
            .or(last.as_ref())
            .map(|(_, header)| *header);
        segments.push(Arc::new(sealed(path.clone(), header, next, &mut recovery)?));
    }
    // Of entries through this one it is known that they were durable: what is not whole of them is damage, not a torn tail.
    let known = [
        mark.map(|mark| (mark.commit, mark.head)),
        base.as_ref().map(|base| (base.through.commit, base.through.head)),
    ];
    let known = known.into_iter().flatten().max().unwrap_or((0, Sequence::ZERO));
    let (header, path, end) = match last {
        Some((path, header)) => {
            let end = tail::recover(&path, &header, known, &mut recovery)
                .map_err(|error| OpenError::io(&path, error))?;
            (header, path, end)
        }
        None => first_segment(&folder, epoch, known, options, &mut recovery)?,
    };
    progress(Progress::Segments { done: total, total });
    let tail = Tail::reopen(
        path.clone(),
        &header,
        end.data_end,
        end.side_end,
        options.segment_bytes,
    )
    .map_err(|error| OpenError::io(&path, error))?;
    let span = end.index.span;
    segments.push(Arc::new(Segment::open(&header, path, end.index)));

    let fresh = || -> Result<Views, OpenError> {
        fs::remove_dir_all(&views_folder).map_err(|error| OpenError::io(&views_folder, error))?;
        let opened = Views::open(&views_folder, options.views_cache_bytes, epoch);
        Ok(opened.map_err(OpenError::Views)?.0)
    };
    let views = bring_up(views, &fresh, base, &segments, &mut recovery, progress)?;
    Ok(Opened {
        lock,
        folder,
        epoch,
        segments,
        tail,
        views,
        next: span.last().next(),
        next_commit: span.last_commit + 1,
        time: span.last_time,
        recovery,
    })
}

/// The headers, by number. A last file that was just being made when the program ended is removed.
fn read_headers(files: Vec<PathBuf>, recovery: &mut Recovery) -> Result<Vec<(PathBuf, Header)>, OpenError> {
    let mut headers = Vec::with_capacity(files.len());
    let count = files.len();
    for (number, path) in files.into_iter().enumerate() {
        let file = File::open(&path).map_err(|error| OpenError::io(&path, error))?;
        match Header::read(&file).map_err(|error| OpenError::io(&path, error))? {
            Some(header) if header.format != FORMAT => {
                return Err(OpenError::Format {
                    path,
                    found: header.format,
                    known: FORMAT,
                });
            }
            Some(header) => headers.push((path, header)),
            None if number + 1 == count
                && folder::is_blank(&file).map_err(|error| OpenError::io(&path, error))? =>
            {
                fs::remove_file(&path).map_err(|error| OpenError::io(&path, error))?;
                recovery.truncated = Some(crate::Truncated {
                    place: place(&path, 0),
                    bytes: 0,
                });
            }
            None => return Err(OpenError::Damaged { path, offset: 0 }),
        }
    }
    Ok(headers)
}

/// A segment that is written to no more. Its index is made anew if there is none that fits.
fn sealed(
    path: PathBuf,
    header: &Header,
    next: Option<Header>,
    recovery: &mut Recovery,
) -> Result<Segment, OpenError> {
    let failed = |error| OpenError::io(&path, error);
    let next = next.filter(|next| next.number == header.number + 1);
    let fits = |index: &IndexHeader| {
        let whole = next.is_none_or(|next| index.span.last().next() == next.first);
        index.span.first == header.first && whole
    };
    let saved = IndexHeader::read(&path.with_extension("index")).map_err(failed)?;
    if let Some(index) = saved.filter(fits) {
        return Ok(Segment::sealed(header, path, index.span));
    }
    let last = next.map_or(Sequence::ZERO, |next| next.first.before());
    let mut index = scan::rebuild(&path, last).map_err(failed)?;
    if let Some(next) = next {
        index.span.last_commit = index.span.last_commit.max(next.first_commit - 1);
    }
    recovery.reindexed += 1;
    let segment = Segment::open(header, path.clone(), index);
    segment.save_index().map_err(failed)?;
    Ok(segment)
}

/// The first segment of a journal; or, where all were lost, the one that goes on behind what is known.
fn first_segment(
    folder: &Path,
    epoch: Epoch,
    known: (u64, Sequence),
    options: &Options,
    recovery: &mut Recovery,
) -> Result<(Header, PathBuf, tail::End), OpenError> {
    let (commit, head) = known;
    if head > Sequence::ZERO {
        recovery.damaged.push(Damage {
            place: "segments missing".into(),
            first: Sequence::new(1),
            last: head,
        });
    }
    let header = new_header(
        epoch,
        1,
        head.next(),
        commit + 1,
        options.segment_bytes,
        Timestamp::default(),
    );
    let path = segment_path(folder, 1);
    Tail::create(path.clone(), &header, options.segment_bytes)
        .map_err(|error| OpenError::io(&path, error))?;
    let end = tail::End {
        index: MemoryIndex::new(header.first, header.first_commit, header.time),
        data_end: crate::segment::DATA_START,
        side_end: header.side_start,
    };
    Ok((header, path, end))
}

/// Opens the store of the views; one that cannot be read is deleted, it is built anew.
fn open_views(
    folder: &Path,
    options: &Options,
    epoch: Epoch,
    recovery: &mut Recovery,
) -> Result<(Views, Option<Mark>), OpenError> {
    let open = || Views::open(folder, options.views_cache_bytes, epoch);
    let (views, mark) = match open() {
        Ok(opened) => opened,
        // A disk that fails is no reason to delete anything.
        Err(ViewError::Store(
            fjall::Error::Io(error) | fjall::Error::Storage(fjall::LsmError::Io(error)),
        )) if !is_damage(error.kind()) => {
            return Err(OpenError::io(folder, error));
        }
        Err(error) => {
            recovery.rebuilt = Some(error.to_string());
            fs::remove_dir_all(folder).map_err(|error| OpenError::io(folder, error))?;
            open().map_err(OpenError::Views)?
        }
    };
    match mark {
        Some(mark) if mark.epoch != epoch => {
            recovery.rebuilt = Some("the views belong to another journal".into());
            drop(views);
            fs::remove_dir_all(folder).map_err(|error| OpenError::io(folder, error))?;
            open().map_err(OpenError::Views)
        }
        _ => Ok((views, mark)),
    }
}

/// Whether a failed read means that a store is not what was written, rather than that the disk fails.
fn is_damage(kind: io::ErrorKind) -> bool {
    matches!(
        kind,
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof | io::ErrorKind::NotFound
    )
}

/// Brings the views up to the journal: from their mark; or anew, from the base, where there is none or it is too far back.
fn bring_up(
    mut views: Views,
    fresh: &dyn Fn() -> Result<Views, OpenError>,
    base: Option<Base>,
    segments: &[Arc<Segment>],
    recovery: &mut Recovery,
    progress: &dyn Fn(Progress),
) -> Result<Views, OpenError> {
    let first_commit = segments[0].first_commit;
    let span = segments.last().expect("a journal has a segment").span();
    let commit = views.mark().commit;
    let begun = views.begun().map_err(OpenError::Views)? && commit + 1 >= first_commit;
    if !begun && span.last_commit > 0 {
        recovery
            .rebuilt
            .get_or_insert_with(|| "there were no views of what the journal holds".into());
        // Whatever the store holds is of no known state.
        drop(views);
        views = fresh()?;
        if let Some(base) = base {
            load_base(&views, base, recovery)?;
        }
    }
    let start = views.mark().head;
    let total = span.last().get().saturating_sub(start.get());
    progress(Progress::Views { done: 0, total });
    let applied = catch_up(segments, &views, span.last_commit, &mut |done| {
        progress(Progress::Views { done, total });
    });
    recovery.caught_up = applied.map_err(|error| match error {
        CatchUpError::Views(error) => OpenError::Views(error),
        CatchUpError::Io(path, error) => OpenError::io(path, error),
    })?;
    let mark = views.mark();
    let marked = views.begun().map_err(OpenError::Views)?;
    if !marked || mark.commit < span.last_commit || mark.head < span.last() {
        views
            .load(&[], Some((span.last_commit, span.last())))
            .map_err(OpenError::Views)?;
    }
    Ok(views)
}

fn load_base(views: &Views, mut base: Base, recovery: &mut Recovery) -> Result<(), OpenError> {
    const BATCH: usize = 4096;
    let mut items = Vec::with_capacity(BATCH);
    loop {
        let at = base.at;
        match base.next().map_err(|error| OpenError::io("base", error))? {
            Frame::Item(item) => items.push(*item),
            Frame::Bad(offset) => {
                recovery.damaged.push(Damage {
                    place: format!("base:{offset}"),
                    first: Sequence::new(1),
                    last: Sequence::ZERO,
                });
                if base.at == at {
                    break;
                }
            }
            Frame::End => break,
        }
        if items.len() >= BATCH {
            views.load(&items, None).map_err(OpenError::Views)?;
            items.clear();
        }
    }
    let through = (base.through.commit, base.through.head);
    views.load(&items, Some(through)).map_err(OpenError::Views)?;
    Ok(())
}
