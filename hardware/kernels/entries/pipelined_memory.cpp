#include "../mf_memory.h"
#include "entry.h"

int32_t mf_scan(const mf_work *work, mf_range *range, uintptr_t engine) {
    return mf::scan_memory(*work, *range, mf::mmio(engine));
}
