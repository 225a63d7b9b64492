// How often, and after how long, something that failed is tried again.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "core/base/clock.hpp"

namespace weir::runtime {

struct RestartLimits {
  int tries = 10;  // in a row without getting on
  Duration first = kSecond;
  Duration longest = 10 * kSecond;
};

class Restarts {
 public:
  explicit Restarts(const RestartLimits& limits) : limits_(limits) {}

  // It has failed, after it had got on or without: how long to wait; nothing when it has been tried often enough.
  std::optional<Duration> failed(bool gotOn) {
    if (gotOn) {
      tries_ = 0;
      told_.clear();
    }
    if (tries_ >= limits_.tries) return std::nullopt;
    wait_ = tries_ == 0 ? limits_.first : std::min(wait_ * 2, limits_.longest);
    ++tries_;
    return wait_;
  }
  // Whether there is something to be said about the failure: not what has been said, when nothing has got on since.
  bool isNews(const std::string& problem) { return std::exchange(told_, problem) != problem; }
  // What is to be said of tries that did not help; nothing where there were none.
  std::string inVain() const {
    if (limits_.tries == 0) return "";
    return " It was tried " + std::to_string(limits_.tries) + (limits_.tries == 1 ? " more time" : " more times") +
           " from the last commit, in vain.";
  }
  // Of the try that comes next; the first is 1.
  int number() const { return tries_; }
  int most() const { return limits_.tries; }

 private:
  RestartLimits limits_;
  int tries_ = 0;
  Duration wait_ = 0;
  std::string told_;
};

}  // namespace weir::runtime
