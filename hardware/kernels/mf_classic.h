// Scanners for the ESP32's engine: message and digest share TEXT, LOAD brings the digest out, no midstate can be put
// in.
//
// Per nonce: block 1 START; block 2 CONTINUE; LOAD; digest block START; LOAD; look at TEXT[7].
#ifndef MF_CLASSIC_H
#define MF_CLASSIC_H

#include "mf_range.h"
#include "mf_registers.h"

namespace mf {

template <class Io>
struct classic {
    using reg = classic_registers;
    const mf_work &work;
    const Io &io;

    MF_INLINE void text(int i, word value) const { io.store(reg::text + 4 * i, value); }

    // A trigger, and the wait until the engine is idle again.
    MF_INLINE void run(uint32_t trigger) const {
        io.store(trigger, 1);
        wait();
    }

    MF_INLINE void wait() const {
        io.fence();
        while (io.load(reg::busy)) {
        }
    }

    // The baseline: every word written, every wait polled, the digest read out and written back.
    word last_word_plain(word nonce) const {
        for (int i = 0; i < 16; i++) {
            text(i, work.head[i]);
        }
        run(reg::start);
        for (int i = 0; i < 3; i++) {
            text(i, work.tail[i]);
        }
        text(3, byte_swap(nonce));
        text(4, padding);
        for (int i = 5; i < 15; i++) {
            text(i, 0);
        }
        text(15, header_bits);
        run(reg::resume);
        run(reg::load);
        word digest[8];
        for (int i = 0; i < 8; i++) {
            digest[i] = io.load(reg::text + 4 * i);
        }
        for (int i = 0; i < 8; i++) {
            text(i, digest[i]);
        }
        text(8, padding);
        for (int i = 9; i < 15; i++) {
            text(i, 0);
        }
        text(15, digest_bits);
        run(reg::start);
        run(reg::load);
        return io.load(reg::text + 4 * 7);
    }

    // Pipelined: block 2, and words 8..15 of the next block 1, are written while the engine works on a START, which has
    // taken a word before the next store can arrive. Nothing is written during CONTINUE or LOAD. The digest stays in
    // TEXT[0..7]; words 9..14 of its block are still block 2's zeros.
    word operator()(mf_range &range, word first, word count) const {
        fill(8, 16);
        for (word i = 0; i < count; i++) {
            fill(0, 8);
            io.store(reg::start, 1);
            io.fence();
            text(0, work.tail[0]);
            text(1, work.tail[1]);
            text(2, work.tail[2]);
            text(3, byte_swap(first + i));
            text(4, padding);
            zero<5, 15>();
            text(15, header_bits);
            wait();
            run(reg::resume);
            run(reg::load);
            text(8, padding);
            text(15, digest_bits);
            io.store(reg::start, 1);
            io.fence();
            wait_latch();
            fill(8, 16);
            wait();
            run(reg::load);
            if (__builtin_expect(passes_filter(io.load(reg::text + 4 * 7)), 0) && !report(work, range, first + i)) {
                return i;
            }
        }
        return count;
    }

    // Word 8 is taken about 12 cycles after START; two looks at BUSY take at least that long.
    MF_INLINE void wait_latch() const {
        (void)io.load(reg::busy);
        (void)io.load(reg::busy);
    }

    template <int First, int End>
    MF_INLINE void zero() const {
        if constexpr (First < End) {
            text(First, 0);
            zero<First + 1, End>();
        }
    }

    MF_INLINE void fill(int from, int to) const {
#pragma GCC unroll 8
        for (int i = from; i < to; i++) {
            text(i, work.head[i]);
        }
    }
};

template <class Io>
inline int32_t scan_classic(const mf_work &work, mf_range &range, const Io &io) {
    const classic<Io> scanner{work, io};
    return scan_range(range, [&](word first, word count) { return scanner(range, first, count); });
}

}  // namespace mf

#endif
