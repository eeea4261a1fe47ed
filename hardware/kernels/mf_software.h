// The software scanner: unrolled, from the midstate, with the nonce-free rounds and words computed once.
#ifndef MF_SOFTWARE_H
#define MF_SOFTWARE_H

#include "mf_range.h"

namespace mf {

struct software {
    const mf_work &work;
    word after_three[8];  // state after rounds 0..2, in sha_round's places
    word w16, w17;        // schedule words without the nonce

    explicit software(const mf_work &w) : work(w) {
        for (int i = 0; i < 8; i++) {
            after_three[i] = w.midstate[i];
        }
        for (int round = 0; round < 3; round++) {
            sha_round(after_three, round, round_constants[round] + w.tail[round]);
        }
        w16 = w.tail[0] + small_sigma0(w.tail[1]);
        w17 = w.tail[1] + small_sigma0(w.tail[2]) + small_sigma1(header_bits);
    }

    // Last digest word of the double hash.
    MF_INLINE word last_word(word nonce) const {
        word s[8];
        for (int i = 0; i < 8; i++) {
            s[i] = after_three[i];
        }
        word w[16] = {work.tail[0], work.tail[1], work.tail[2], byte_swap(nonce), padding, 0, 0, 0, 0, 0, 0, 0,
                      0,            0,            0,            header_bits};
        rounds<3, 16>(s, w);
        w[0] = w16;
        sha_round(s, 16, round_constants[16] + w[0]);
        w[1] = w17;
        sha_round(s, 17, round_constants[17] + w[1]);
        rounds<18, 64>(s, w);

        word v[16] = {};
        for (int i = 0; i < 8; i++) {
            v[i] = work.midstate[i] + s[i];
            s[i] = initial_state[i];
        }
        v[8] = padding;
        v[15] = digest_bits;
        // The digest's last word is the e of round 60: rounds 61..63 only move it.
        rounds<0, 61>(s, v);
        return initial_state[7] + s[(4 - 61) & 7];
    }

    word operator()(mf_range &range, word first, word count) const {
        for (word i = 0; i < count; i++) {
            if (__builtin_expect(passes_filter(last_word(first + i)), 0) && !report(work, range, first + i)) {
                return i;
            }
        }
        return count;
    }
};

inline int32_t scan_software(const mf_work &work, mf_range &range) {
    const software scanner(work);
    return scan_range(
        range, [&](word first, word count) { return scanner(range, first, count); }, MF_SLICE_SOFTWARE);
}

}  // namespace mf

#endif
