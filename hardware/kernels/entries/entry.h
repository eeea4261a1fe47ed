// What every flat image exports: mf_scan, and the self-test on top of it.
#ifndef ENTRY_H
#define ENTRY_H

#include "../mf_io.h"
#include "../mf_known.h"

int32_t mf_selftest(uintptr_t engine) {
    return mf::selftest([engine](const mf_work &work, mf_range &range) { return mf_scan(&work, &range, engine); });
}

#endif
