/* Runs a whole topology by hand: in one thread, with its log and its state in memory and a clock that stands still
 * until it is moved. The C++ face is topology_driver.hpp; this is what crosses the library's border.
 *
 * One thread. The same calls give the same run. Functions that answer int answer 1, or 0 when they failed, and those
 * that answer a text NULL; weir_driver_error then tells why. Texts are borrowed until the next call on the same driver.
 * Rows are JSON lines, as operator_harness.h describes them. Topics go by their id in the topology or their name in the
 * log, nodes by their id. Times and durations are microseconds. */
#ifndef WEIR_TESTKIT_TOPOLOGY_DRIVER_H
#define WEIR_TESTKIT_TOPOLOGY_DRIVER_H

#include "weir/abi/batch.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct weir_driver weir_driver;

typedef struct weir_driver_param {
  const char* name;
  const char* value;
} weir_driver_param;

typedef struct weir_driver_setup {
  uint32_t struct_size;
  const char* topology;            /* the text of a *.weir file */
  const weir_driver_param* params; /* values for the parameters of the topology */
  size_t param_count;
  const char* const* plugins; /* libraries under test; others are looked for beside them and in the usual folders */
  size_t plugin_count;
  int64_t batch_rows;      /* at most so many rows at a time pass through the operators; 0: 4096 */
  int64_t commit_interval; /* of the driver's clock, between two commits of a task; 0: each run ends with a commit */
  int64_t now;             /* of the clock at the beginning; 0: nobody has set it, and `max_ahead` does not count */
} weir_driver_setup;

/* NULL when the topology is wrong or its operators cannot be made; `error` then gets the reason (of a wrong topology:
 * everything that `weir check` would say), cut to `error_size`. Nothing runs yet. */
weir_driver* weir_driver_open(const weir_driver_setup* setup, char* error, size_t error_size);
void weir_driver_close(weir_driver* driver);
const char* weir_driver_error(const weir_driver* driver);

/* Appends rows to a topic that the topology reads and does not write, as somebody from outside does: placed by their
 * key; event time and watermark follow from the topic's `event_time`, or from "@time" in the rows. */
int weir_driver_send(weir_driver* driver, const char* topic, const char* rows);
/* Works until there is nothing left to do at the present time. */
int weir_driver_run(weir_driver* driver);
/* Lets time pass while the topology runs: stops at each time that an operator asked for. */
int weir_driver_advance_clock(weir_driver* driver, int64_t by);
int64_t weir_driver_now(const weir_driver* driver);
/* Every input has ended: all that is left is worked through, and what is in open windows is emitted. Nothing can be
 * sent after it. */
int weir_driver_end(weir_driver* driver);

/* Throws all operators away, with everything that was not committed, and makes them anew from the last commit. After
 * a failure this is the only way on. */
int weir_driver_crash(weir_driver* driver);
/* Stops as the runner does (finish, commit, close), and starts again. */
int weir_driver_restart(weir_driver* driver);

/* All rows of a topic that have been committed since the beginning: partition by partition, in order. */
const char* weir_driver_rows(weir_driver* driver, const char* topic);
/* The same of the dead letters: at, node, reason, position, value (base64). */
const char* weir_driver_dead_letters(weir_driver* driver);
/* Messages logged since the last call, a line each: "warning: node: ...". */
const char* weir_driver_take_log(weir_driver* driver);
/* What a node counted since the beginning, over all its tasks; what a crash took back is not counted. "rows_in" every
 * node counts, the rest is the operator's own. */
int weir_driver_counter(weir_driver* driver, const char* node, const char* name, int64_t* value);
/* What a gauge of a node says at present, its tasks added up. */
int weir_driver_gauge(weir_driver* driver, const char* node, const char* name, int64_t* value);
/* Of a histogram of a node since the last start, over its tasks: 0.5 is the median, at most an eighth too high. */
int weir_driver_quantile(weir_driver* driver, const char* node, const char* name, double share, int64_t* value);
/* What the first output of a node has told since the last start, the lowest over its tasks: WEIR_WATERMARK_MIN before
 * the first, WEIR_WATERMARK_MAX at the end. */
int weir_driver_watermark(weir_driver* driver, const char* node, int64_t* value);

#ifdef __cplusplus
}
#endif

#endif /* WEIR_TESTKIT_TOPOLOGY_DRIVER_H */
