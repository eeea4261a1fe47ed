// The generated loops as rungs of the ladder. tools/KernelForge writes a chip's loops and their table, mf_loops.h,
// which includes this file; `KernelForge loops CHIP FOLDER` does so for a firmware build.
//
// The loops lie in flash. The one that runs is copied to executable RAM, which holds one at a time.
#ifndef MF_RUNGS_H
#define MF_RUNGS_H

#include "mf_classic.h"
#include "mf_io.h"
#include "mf_ladder.h"
#include "mf_loop.h"
#include "mf_memory.h"

namespace mf {

using loop_function = void (*)(mf_block *);

// A loop in flash: words that may be copied anywhere.
struct loop_code {
    const word *begin, *end;
    const word *entry;
    loop_shape shape;
};

// Executable RAM, writable by words, 16-octet aligned.
struct loop_memory {
    word *at;
    word octets;
    const loop_code *holds;
};

// The memory to be used; the system around the kernels defines this.
loop_memory &executable_memory();

// Copies a loop there unless it is there already. Null if it does not fit: then the rung is not used.
inline loop_function place(loop_memory &memory, const loop_code &code) {
    const word words = static_cast<word>(code.end - code.begin);
    if (words * sizeof(word) > memory.octets) {
        return nullptr;
    }
    if (memory.holds != &code) {
        volatile word *to = memory.at;
        for (word i = 0; i < words; i++) {
            to[i] = code.begin[i];
        }
#if defined(__XTENSA__)
        __asm__ volatile("memw\n\tisync" ::: "memory");
#elif defined(__riscv)
        __asm__ volatile("fence\n\t.word 0x0000100f" ::: "memory");  // fence.i, which -march=rv32imc does not name
#endif
        memory.holds = &code;
    }
    // The compiler must not conclude that a pointer to data calls nothing.
    uintptr_t address = reinterpret_cast<uintptr_t>(memory.at + (code.entry - code.begin));
    __asm__("" : "+r"(address));
    return reinterpret_cast<loop_function>(address);
}

// Calls a loop, which is call0 code. Espressif's compilers use windowed registers on Xtensa: a call0 routine may be
// called from there as long as the caller's return address, which is in a0, is put aside. Not compiled by this
// project's own builds, whose compiler knows call0 only.
inline void call_loop(loop_function run, mf_block *block) {
#if defined(__XTENSA_WINDOWED_ABI__)
    word return_address;
    register word *aside __asm__("a13") = &return_address;
    register loop_function target __asm__("a8") = run;
    register mf_block *argument __asm__("a2") = block;
    __asm__ volatile("s32i a0, a13, 0\n\tcallx0 a8\n\tl32i a0, a13, 0"
                     : "+r"(aside), "+r"(target), "+r"(argument)
                     :
                     : "a3", "a4", "a5", "a6", "a7", "a9", "a10", "a11", "a12", "a14", "a15", "memory");
#else
    run(block);
#endif
}

// Brings the engine into the state that a START needs; without a scan, as for measure_block.
inline void wake(classic_family, const mmio &) {}
inline void wake(memory_family, const mmio &io) { io.store(memory_registers::mode, memory_registers::mode_sha256); }

inline word scan_rest(classic_family, const mf_work &work, const mmio &io, mf_range &range, word first, word count) {
    return scan_plain(classic<mmio>{work, io}, range, first, count);
}

inline word scan_rest(memory_family, const mf_work &work, const mmio &io, mf_range &range, word first, word count) {
    return scan_plain(memory<mmio>(work, io), range, first, count);
}

inline word scan_rest(software_family, const mf_work &work, const mmio &, mf_range &range, word first, word count) {
    return scan_plain(reference{work}, range, first, count);
}

// mf_scan of a generated loop. A loop that does not fit the memory fails its calibration.
template <class Family, const loop_code &Code>
int32_t scan_generated(const mf_work *work, mf_range *range, uintptr_t engine) {
    const loop_function run = place(executable_memory(), Code);
    if (!run) {
        range->found = 0;
        return MF_NO_MEMORY;
    }
    const mmio io(engine);
    return scan_loop<Family>(
        *work, *range, Code.shape, engine, [run](mf_block *block) { call_loop(run, block); },
        [&](mf_range &r, word first, word count) { return scan_rest(Family(), *work, io, r, first, count); });
}

}  // namespace mf

#endif
