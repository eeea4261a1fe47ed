// What the scan task needs of the system below it: FreeRTOS on the chip, threads on a computer.
#ifndef MF_SYSTEM_H
#define MF_SYSTEM_H

#include <stdint.h>

#include "mf_ladder.h"

namespace mf_system {

// Runs a function in a task of its own, on the core that the CLR leaves free; on a chip with one core, below the CLR's
// priority. False when there is no memory for it.
bool start_task(void (*run)());

// The scan task waits; wake() ends its wait, or the next one.
void wait();
void wake();

// A short critical section between the scan task and the CLR.
void lock();
void unlock();

// Called between slices, so that tasks of lower priority (the idle task, which the watchdog looks at) get their turn.
void rest();

uint32_t milliseconds();

// Length of a slice of scanning between two rests, in milliseconds.
extern const uint32_t slice_ms;

// The SHA engine, for this task alone: TLS then hashes in software or waits. False when somebody else has it now.
bool try_take_engine();
void give_engine();
uintptr_t engine();

// Cycles the engine takes for a block, measured now; 0 where there is no engine.
uint32_t measure_engine();

// The kernels of this image, from the safest to the fastest.
const mf::rung *rungs();
int rung_count();

// Degrees Celsius, or INT32_MIN.
int32_t temperature();

bool start_watchdog(uint32_t timeout_ms);
void feed_watchdog();

}  // namespace mf_system

#endif
