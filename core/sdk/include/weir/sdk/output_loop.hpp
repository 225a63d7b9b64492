// Emission of any number of rows in bounded memory.
#pragma once

#include <deque>
#include <memory>
#include <type_traits>
#include <utility>

#include "weir/sdk/operators.hpp"

namespace weir {

// Work that emits many batches, cut into steps: the loop stops where the output is full, and goes on there.
//
//   Flow process(std::size_t, const Batch& batch) override {
//     loop_.add([this, batch, row = std::int64_t{0}]() mutable {
//       context().emit(0, nextPiece(batch, row));   // a step emits one batch, or a few
//       return row < batch.rowCount();              // whether there is more
//     });
//     return loop_.run();
//   }
//   Flow resume() override { return loop_.run(); }
class OutputLoop {
 public:
  explicit OutputLoop(Context& context) : context_(&context) {}

  // Adds work behind what is there. `step` is called until it answers false; it may own move-only things.
  template <typename Step>
  void add(Step step) {
    work_.push_back(std::make_unique<Held<Step>>(std::move(step)));
  }
  bool idle() const { return work_.empty(); }

  // Runs until everything is done or the output is full: what process, resume and onTimer answer. Classes with kYields
  // whose state tells what is left answer Flow::More instead.
  Flow run(Flow whenFull = Flow::HaveOutput) {
    while (!work_.empty()) {
      if (context_->outputFull()) return whenFull;
      if (!work_.front()->step()) work_.pop_front();
    }
    return Flow::Done;
  }

 private:
  struct Work {
    virtual ~Work() = default;
    virtual bool step() = 0;
  };
  template <typename Step>
  class Held final : public Work {
   public:
    explicit Held(Step step) : step_(std::move(step)) {}
    bool step() override { return step_(); }

   private:
    Step step_;
  };

  Context* context_;
  std::deque<std::unique_ptr<Work>> work_;
};

}  // namespace weir
