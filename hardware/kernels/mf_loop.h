// mf_scan on top of a generated loop: cuts a slice into passes, runs them, confirms what was noted. What is left of a
// slice, less than one pass, goes through the plain sequence.
#ifndef MF_LOOP_H
#define MF_LOOP_H

#include "mf_block.h"
#include "mf_plain.h"

extern "C" void mf_loop(mf::mf_block *block);

namespace mf {

// How many nonces of each stream a pass of the loop tries.
struct loop_shape {
    word hardware, software;
};

// n / d without the compiler's library: not every Xtensa multiplies.
inline word quotient(word n, word d) {
    word result = 0, rest = 0;
    for (int bit = 31; bit >= 0; bit--) {
        rest = rest << 1 | (n >> bit & 1);
        if (rest >= d) {
            rest -= d;
            result |= 1u << bit;
        }
    }
    return result;
}

// Engine families differ in how the block is filled and the first nonce written.
struct classic_family {
    static void prepare(mf_block &block, const mf_work &work) { prepare_classic(block, work); }
    static word first(word nonce) { return byte_swap(nonce); }
    static constexpr word slice = MF_SLICE_DEFAULT;
    // The loop counts within the low 16 bits of the nonce only.
    static word limit(word nonce) { return 0x10000 - (nonce & 0xffff); }
};

struct memory_family {
    static constexpr word slice = MF_SLICE_DEFAULT;
    static void prepare(mf_block &block, const mf_work &work) { prepare_memory(block, work); }
    static word first(word nonce) { return nonce; }
    static word limit(word) { return 0xffffffff; }
};

struct software_family {
    static constexpr word slice = MF_SLICE_SOFTWARE;
    static void prepare(mf_block &, const mf_work &) {}
    static word first(word nonce) { return nonce; }
    static word limit(word) { return 0xffffffff; }
};

// Run is void(mf_block *), the loop; Rest scans nonces one by one: word(mf_range &, word first, word count).
template <class Family, class Run, class Rest>
struct loop_scanner {
    const mf_work &work;
    loop_shape shape;
    uintptr_t engine;
    Run run;
    Rest rest;
    mf_block block;

    loop_scanner(const mf_work &w, loop_shape s, uintptr_t e, Run r, Rest other)
        : work(w), shape(s), engine(e), run(r), rest(other), block() {
        Family::prepare(block, work);
        prepare_software(block, work);
        block.engine = static_cast<word>(engine);
    }

    word operator()(mf_range &range, word first, word count) {
        word done = 0;
        while (done < count) {
            const word next = first + done, left = count - done, limit = Family::limit(next);
            const word passes = passes_for(left, limit);
            const word wanted = passes ? passes * (shape.hardware + shape.software) : left < limit ? left : limit;
            const word tried = passes ? run_passes(range, next, passes) : rest(range, next, wanted);
            done += tried;
            if (tried < wanted) {
                break;
            }
        }
        return done;
    }

private:
    word passes_for(word count, word limit) const {
        const word passes = quotient(count, shape.hardware + shape.software);
        const word most = shape.hardware ? quotient(limit, shape.hardware) : passes;
        return passes < most ? passes : most;
    }

    // The engine's stream takes the first nonces, the software stream those behind. Returns how many were tried and
    // reported: all, or none that is not reported.
    word run_passes(mf_range &range, word first, word passes) {
        block.passes = passes;
        block.found = 0;
        block.nonce = Family::first(first);
        const word soft_first = first + passes * shape.hardware;
        block.soft_nonce = soft_first - 1;
        run(&block);
        const word count = passes * (shape.hardware + shape.software);
        if (block.found > hit_capacity || range.found + block.found > MF_CANDIDATES) {
            return rest(range, first, count);
        }
        for (word i = 0; i < block.found; i++) {
            const word pass = passes - block.hits[i].passes_left, index = block.hits[i].index;
            (void)report(work, range,
                         index < shape.hardware ? first + pass * shape.hardware + index : soft_first + pass);
        }
        return count;
    }
};

template <class Family, class Run, class Rest>
inline int32_t scan_loop(const mf_work &work, mf_range &range, loop_shape shape, uintptr_t engine, Run run, Rest rest) {
    loop_scanner<Family, Run, Rest> scanner(work, shape, engine, run, rest);
    return scan_range(
        range, [&](word first, word count) { return scanner(range, first, count); }, Family::slice);
}

}  // namespace mf

#endif
