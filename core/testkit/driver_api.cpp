// The C functions of topology_driver.h over Driver. Nothing is thrown out of them.
#include "core/testkit/driver_api.hpp"

#include <string>
#include <utility>

#include "core/testkit/c_border.hpp"

namespace {

using weir::Result;
using weir::testkit::answer;
using weir::testkit::guarded;

const char* lend(weir_driver* driver, Result<std::string> text) {
  if (answer(driver->error, text) == 0) return nullptr;
  driver->text = std::move(*text);
  return driver->text.c_str();
}

int give(weir_driver* driver, const Result<std::int64_t>& found, int64_t* value) {
  if (answer(driver->error, found) == 0) return 0;
  *value = *found;
  return 1;
}

}  // namespace

#define WEIR_DRIVER_CALL(call) guarded([&] { return driver->driver->call; })

#pragma GCC visibility push(default)

weir_driver* weir_driver_open(const weir_driver_setup* setup, char* error, size_t errorSize) {
  auto opened = guarded([&] { return weir::testkit::Driver::open(weir::testkit::knownPart(setup)); });
  if (opened) return new weir_driver{std::move(*opened), "", ""};
  weir::testkit::copyError(opened.error().message, error, errorSize);
  return nullptr;
}

void weir_driver_close(weir_driver* driver) {
  delete driver;
}

const char* weir_driver_error(const weir_driver* driver) {
  return driver->error.c_str();
}

int weir_driver_send(weir_driver* driver, const char* topic, const char* rows) {
  return answer(driver->error, WEIR_DRIVER_CALL(send(topic, rows)));
}

int weir_driver_run(weir_driver* driver) {
  return answer(driver->error, WEIR_DRIVER_CALL(run()));
}

int weir_driver_advance_clock(weir_driver* driver, int64_t by) {
  return answer(driver->error, WEIR_DRIVER_CALL(advanceClock(by)));
}

int64_t weir_driver_now(const weir_driver* driver) {
  return driver->driver->now();
}

int weir_driver_end(weir_driver* driver) {
  return answer(driver->error, WEIR_DRIVER_CALL(end()));
}

int weir_driver_crash(weir_driver* driver) {
  return answer(driver->error, WEIR_DRIVER_CALL(crash()));
}

int weir_driver_restart(weir_driver* driver) {
  return answer(driver->error, WEIR_DRIVER_CALL(restart()));
}

const char* weir_driver_rows(weir_driver* driver, const char* topic) {
  return lend(driver, WEIR_DRIVER_CALL(topics().rows(topic)));
}

const char* weir_driver_dead_letters(weir_driver* driver) {
  return lend(driver, WEIR_DRIVER_CALL(topics().deadLetters()));
}

const char* weir_driver_take_log(weir_driver* driver) {
  return lend(driver, driver->driver->takeLog());
}

int weir_driver_counter(weir_driver* driver, const char* node, const char* name, int64_t* value) {
  return give(driver, WEIR_DRIVER_CALL(counter(node, name)), value);
}

int weir_driver_gauge(weir_driver* driver, const char* node, const char* name, int64_t* value) {
  return give(driver, WEIR_DRIVER_CALL(gauge(node, name)), value);
}

int weir_driver_quantile(weir_driver* driver, const char* node, const char* name, double share, int64_t* value) {
  return give(driver, WEIR_DRIVER_CALL(quantile(node, name, share)), value);
}

int weir_driver_watermark(weir_driver* driver, const char* node, int64_t* value) {
  return give(driver, WEIR_DRIVER_CALL(watermark(node)), value);
}

#pragma GCC visibility pop
