// Both SHA engines as C++ objects, for tests on the host: functional at the trigger, busy for a number of accesses, and
// every access that the hardware would punish counted. The emulator's engines have the timing; these have the order.
#ifndef MF_MODEL_H
#define MF_MODEL_H

#include "../mf_registers.h"
#include "../mf_sha256.h"

namespace mf {

// One access is one unit of time. A block takes `block` of them, a LOAD `load`.
struct model_timing {
    int block, load;
};

class model_clock {
public:
    explicit model_clock(model_timing timing) : timing_(timing) {}
    word hazards = 0, accesses = 0, time = 0;

    // What a chip's cycle counter would show.
    word cycles() { return ++time; }

protected:
    bool busy() const { return static_cast<int32_t>(busy_until_ - time) > 0; }
    void punish(bool wrong) { hazards += wrong; }
    void begin(int length) { busy_until_ = time + static_cast<word>(length); }
    void tick() {
        time++;
        accesses++;
    }

    model_timing timing_;
    word busy_until_ = 0;
};

class classic_model : public model_clock {
public:
    using reg = classic_registers;
    using model_clock::model_clock;

    void store(uint32_t offset, word value) {
        tick();
        if (offset < 64) {
            // Message words may be replaced while a START runs, not while a CONTINUE or LOAD does.
            punish(busy() && !replaceable_);
            text_[offset / 4] = value;
            return;
        }
        punish(busy());
        if (offset == reg::load) {
            for (int i = 0; i < 8; i++) {
                text_[i] = state_[i];
            }
        } else {
            for (int i = 0; i < 8 && offset == reg::start; i++) {
                state_[i] = initial_state[i];
            }
            compress(state_, text_);
        }
        replaceable_ = offset == reg::start;
        begin(offset == reg::load ? timing_.load : timing_.block);
    }

    word load(uint32_t offset) {
        tick();
        if (offset == reg::busy) {
            return busy();
        }
        punish(busy());
        return text_[offset / 4];
    }

    void fence() {}

private:
    word text_[16] = {}, state_[8] = {};
    bool replaceable_ = false;
};

class memory_model : public model_clock {
public:
    using reg = memory_registers;
    using model_clock::model_clock;

    void store(uint32_t offset, word value) {
        tick();
        if (offset == reg::mode) {
            mode_ = value;
        } else if (offset >= reg::message) {
            message_[(offset - reg::message) / 4] = byte_swap(value);
        } else if (offset >= reg::state) {
            punish(busy());
            state_[(offset - reg::state) / 4] = byte_swap(value);
        } else {
            punish(busy() || mode_ != reg::mode_sha256);
            for (int i = 0; i < 8 && offset == reg::start; i++) {
                state_[i] = initial_state[i];
            }
            compress(state_, message_);
            begin(timing_.block);
        }
    }

    word load(uint32_t offset) {
        tick();
        if (offset == reg::busy) {
            return busy();
        }
        punish(busy());
        return byte_swap(state_[(offset - reg::state) / 4]);
    }

    void fence() {}

private:
    word message_[16] = {}, state_[8] = {}, mode_ = 0;
};

// The I/O policy over a model.
template <class Model>
struct model_io {
    Model *model;
    void store(uint32_t offset, word value) const { model->store(offset, value); }
    word load(uint32_t offset) const { return model->load(offset); }
    void fence() const { model->fence(); }
};

}  // namespace mf

#endif
