//! Undoing the lifting of arcs that made the training trees projective (Nivre and Nilsson 2005, scheme HEAD).

use super::Label;
use crate::tree::Tree;

/// Lowers every lifted arc to the first token below its head that has the label the arc came from.
///
/// Searched breadth first, left to right; if there is none, the arc stays. Like spaCy's, the search looks for children
/// within the edges that subtrees had before any arc was lowered.
pub(super) fn deprojectivize(tree: &mut Tree, labels: &[Label], space: &[bool]) {
    if labels.iter().all(|label| label.lifted_from.is_none()) {
        return;
    }
    // Until its turn comes, a lifted arc's label is a compound that equals no plain one.
    let mut settled: Vec<bool> = labels.iter().map(|label| label.lifted_from.is_none()).collect();
    let mut children = vec![Vec::new(); labels.len()];
    for (child, &head) in tree.heads.iter().enumerate() {
        if head != child {
            children[head].push(child);
        }
    }
    for (token, label) in labels.iter().enumerate() {
        let Some(wanted) = label.lifted_from else { continue };
        let old = tree.heads[token];
        if old == token {
            continue;
        }
        let mut queue = vec![old];
        let mut at = 0;
        let found = 'search: loop {
            let Some(&parent) = queue.get(at) else { break None };
            at += 1;
            let (left, right) = tree.edges[parent];
            for &child in &children[parent] {
                if child < left || child > right || space[child] || child == token {
                    continue;
                }
                if settled[child] && tree.deps[child] == wanted {
                    break 'search Some(child);
                }
                queue.push(child);
            }
        };
        if let Some(head) = found {
            children[old].retain(|&child| child != token);
            let place = children[head].partition_point(|&child| child < token);
            children[head].insert(place, token);
            tree.heads[token] = head;
        }
        settled[token] = true;
    }
    tree.find_edges();
}
