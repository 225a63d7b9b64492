// Errors as values.
#pragma once

#include <cassert>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>

namespace weir {

// What the caller can do about a failure.
enum class ErrorKind : std::uint8_t {
  Config,     // the topology, a file or a flag is wrong: change it
  Retryable,  // the outside world failed: from the last commit it may work
  Corrupt,    // stored data is damaged: never skipped silently
  Fatal,      // a defect, or nothing sensible is left to do
};

// Says what happened, where, and what to do, in one sentence or two.
struct Error {
  ErrorKind kind = ErrorKind::Fatal;
  std::string message;
};

inline Error configError(std::string message) {
  return {ErrorKind::Config, std::move(message)};
}
inline Error retryableError(std::string message) {
  return {ErrorKind::Retryable, std::move(message)};
}
inline Error corruptError(std::string message) {
  return {ErrorKind::Corrupt, std::move(message)};
}
inline Error fatalError(std::string message) {
  return {ErrorKind::Fatal, std::move(message)};
}

// A value or the reason why there is none.
template <typename T = void>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: returning a value is enough
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: and so is an error

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  T& value() & {
    assert(ok());
    return *std::get_if<0>(&state_);
  }
  const T& value() const& {
    assert(ok());
    return *std::get_if<0>(&state_);
  }
  T&& value() && {
    assert(ok());
    return std::move(*std::get_if<0>(&state_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const Error& error() const {
    assert(!ok());
    return *std::get_if<1>(&state_);
  }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)), failed_(true) {}  // NOLINT: returning an error is enough

  bool ok() const { return !failed_; }
  explicit operator bool() const { return ok(); }
  const Error& error() const {
    assert(failed_);
    return error_;
  }

 private:
  Error error_;
  bool failed_ = false;
};

}  // namespace weir

// Leaves the function with the error of `expression`, if it has one.
#define WEIR_TRY(expression)                          \
  do {                                                \
    auto&& weirTryResult = (expression);              \
    if (!weirTryResult) return weirTryResult.error(); \
  } while (false)

// Declares `name` with the value of `expression`, or leaves with its error.
#define WEIR_TRY_ASSIGN(name, expression)         \
  auto name##Result = (expression);               \
  if (!name##Result) return name##Result.error(); \
  auto& name = *name##Result
