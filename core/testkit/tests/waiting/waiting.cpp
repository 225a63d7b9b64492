// An operator that is blocked in the midst of each batch: by something outside, or by its own timer.
#include <atomic>
#include <chrono>
#include <thread>

#include "weir/sdk/plugin.hpp"

namespace {

using namespace weir;  // NOLINT: a plugin is one file

class Waiting final : public Processor {
 public:
  explicit Waiting(const CreateInfo& info) : Processor(info), timer_(info.params().integer("timer")) {}
  ~Waiting() override {
    if (outside_.joinable()) outside_.join();
  }

  Flow process(std::size_t, const Batch& batch) override {
    batch_ = batch;
    answered_ = false;
    if (timer_ > 0) {
      context().wakeAt(context().now() + timer_);
    } else {
      outside_ = std::thread([this] {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));  // a slow server
        answered_ = true;
        context().wake();
      });
    }
    return Flow::Blocked;
  }
  Flow resume() override {
    if (!answered_) return Flow::Blocked;
    if (outside_.joinable()) outside_.join();
    context().emit(0, batch_);
    return Flow::Done;
  }
  Flow onTimer(std::int64_t) override {
    answered_ = true;
    return Flow::Done;  // resume follows, and says what it comes to
  }

 private:
  std::int64_t timer_;
  Batch batch_;
  std::thread outside_;
  std::atomic<bool> answered_{false};
};

}  // namespace

WEIR_PLUGIN(weir::declare<Waiting>("pass"))
