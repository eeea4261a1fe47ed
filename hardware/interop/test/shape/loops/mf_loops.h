// In the place of what tools/KernelForge writes for a chip: the same names, and one loop that is never run.
#ifndef MF_LOOPS_H
#define MF_LOOPS_H

#include "mf_rungs.h"

namespace mf {

#if CONFIG_IDF_TARGET_ESP32
using engine_family = classic_family;
using engine_registers = classic_registers;
#else
using engine_family = memory_family;
using engine_registers = memory_registers;
#endif

alignas(16) inline constexpr word words_none[] = {0};
inline constexpr loop_code loop_none = {words_none, words_none + 1, words_none, {1, 1}};

inline constexpr rung generated_rungs[] = {
    {"none", scan_generated<engine_family, loop_none>, 0},
};
inline constexpr int generated_rung_count = 1;

}  // namespace mf

#endif
