// Scans with an engine's plain register sequence, one nonce at a time.
#ifndef MF_PLAIN_H
#define MF_PLAIN_H

#include "mf_range.h"

namespace mf {

// Plain software, for what is too little for anything faster.
struct reference {
    const mf_work &work;
    word last_word_plain(word nonce) const { return byte_swap(hash_top(work, nonce)); }
};

template <class Scanner>
inline word scan_plain(const Scanner &scanner, mf_range &range, word first, word count) {
    for (word i = 0; i < count; i++) {
        if (passes_filter(scanner.last_word_plain(first + i)) && !report(scanner.work, range, first + i)) {
            return i;
        }
    }
    return count;
}

template <class Scanner>
inline int32_t scan_baseline(const Scanner &scanner, mf_range &range) {
    return scan_range(range, [&](word first, word count) { return scan_plain(scanner, range, first, count); });
}

}  // namespace mf

#endif
