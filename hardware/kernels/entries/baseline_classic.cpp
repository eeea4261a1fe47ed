#include "../mf_classic.h"
#include "../mf_plain.h"
#include "entry.h"

int32_t mf_scan(const mf_work *work, mf_range *range, uintptr_t engine) {
    const mf::mmio io(engine);
    return mf::scan_baseline(mf::classic<mf::mmio>{*work, io}, *range);
}
