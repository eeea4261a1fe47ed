// Scanners for the engine of ESP32-S2, S3, C3 and C6: separate message and state memory, the midstate is written into
// it.
//
// Per nonce: midstate into H; block 2 CONTINUE; H into M with padding START; look at H[7]. Memories are octet
// streams, so every SHA word is byte-swapped once, when the scanner is made; a nonce needs no swap at all.
#ifndef MF_MEMORY_H
#define MF_MEMORY_H

#include "mf_range.h"
#include "mf_registers.h"

namespace mf {

// Padding words as they lie in message memory.
inline constexpr word padding_octets = 0x00000080;
inline constexpr word header_bits_octets = 0x80020000;
inline constexpr word digest_bits_octets = 0x00010000;

template <class Io>
struct memory {
    using reg = memory_registers;
    const mf_work &work;
    const Io &io;
    word midstate[8], tail[3];

    memory(const mf_work &w, const Io &i) : work(w), io(i) {
        for (int k = 0; k < 8; k++) {
            midstate[k] = byte_swap(w.midstate[k]);
        }
        for (int k = 0; k < 3; k++) {
            tail[k] = byte_swap(w.tail[k]);
        }
        io.store(reg::mode, reg::mode_sha256);
    }

    MF_INLINE void message(int i, word value) const { io.store(reg::message + 4 * i, value); }
    MF_INLINE void state(int i, word value) const { io.store(reg::state + 4 * i, value); }
    MF_INLINE word state(int i) const { return io.load(reg::state + 4 * i); }

    MF_INLINE void wait() const {
        io.fence();
        while (io.load(reg::busy)) {
        }
    }

    // The baseline: every word written, every wait polled.
    word last_word_plain(word nonce) const {
        for (int i = 0; i < 8; i++) {
            state(i, midstate[i]);
        }
        for (int i = 0; i < 3; i++) {
            message(i, tail[i]);
        }
        message(3, nonce);
        message(4, padding_octets);
        for (int i = 5; i < 15; i++) {
            message(i, 0);
        }
        message(15, header_bits_octets);
        io.store(reg::resume, 1);
        wait();
        for (int i = 0; i < 8; i++) {
            message(i, state(i));
        }
        message(8, padding_octets);
        for (int i = 9; i < 15; i++) {
            message(i, 0);
        }
        message(15, digest_bits_octets);
        io.store(reg::start, 1);
        wait();
        return byte_swap(state(7));
    }

    // Pipelined: the digest block's padding is written while block 2 runs, the next block 2 while the digest block
    // runs; the engine has taken a word before its successor can arrive. Words 9..14 are zero in both blocks.
    word operator()(mf_range &range, word first, word count) const {
        zero<9, 15>();
        block_two(first);
        for (word i = 0; i < count; i++) {
            restore();
            io.store(reg::resume, 1);
            io.fence();
            wait_latch();
            message(8, padding_octets);
            message(15, digest_bits_octets);
            wait();
            copy();
            io.store(reg::start, 1);
            io.fence();
            block_two(first + i + 1);
            wait();
            if (__builtin_expect((state(7) >> 16) == 0, 0) && !report(work, range, first + i)) {
                return i;
            }
        }
        return count;
    }

    // Message word 15 is taken last of all, some 20 cycles after the trigger; one poll takes that long and asks nothing
    // of the exact figure.
    MF_INLINE void wait_latch() const {
        (void)io.load(reg::busy);
        (void)io.load(reg::busy);
    }

    MF_INLINE void restore() const {
#pragma GCC unroll 8
        for (int i = 0; i < 8; i++) {
            state(i, midstate[i]);
        }
    }

    MF_INLINE void copy() const {
#pragma GCC unroll 8
        for (int i = 0; i < 8; i++) {
            message(i, state(i));
        }
    }

    template <int First, int End>
    MF_INLINE void zero() const {
        if constexpr (First < End) {
            message(First, 0);
            zero<First + 1, End>();
        }
    }

    MF_INLINE void block_two(word nonce) const {
        message(0, tail[0]);
        message(1, tail[1]);
        message(2, tail[2]);
        message(3, nonce);
        message(4, padding_octets);
        zero<5, 9>();
        message(15, header_bits_octets);
    }
};

template <class Io>
inline int32_t scan_memory(const mf_work &work, mf_range &range, const Io &io) {
    const memory<Io> scanner(work, io);
    return scan_range(range, [&](word first, word count) { return scanner(range, first, count); });
}

}  // namespace mf

#endif
