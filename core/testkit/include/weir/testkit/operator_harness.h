/* Drives one operator of a plugin library by hand: rows in, rows out, with a manual clock, state in memory, commits and
 * crashes at will. The C++ face is operator_harness.hpp; this is what crosses the library's border.
 *
 * One thread. Functions that answer int answer 1, or 0 when they failed; weir_harness_error then tells why. Texts are
 * borrowed until the next call on the same harness. Rows are JSON lines: fields by name, timestamps in milliseconds or
 * as ISO 8601, and in what is pushed "@time" (event time), "@op", "@key", and lines {"@watermark": ...},
 * {"@origin_watermark": ...} for watermark steps; "end" as their value means that nothing will follow. */
#ifndef WEIR_TESTKIT_OPERATOR_HARNESS_H
#define WEIR_TESTKIT_OPERATOR_HARNESS_H

#include "weir/abi/operator.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct weir_harness weir_harness;

typedef struct weir_harness_setup {
  uint32_t struct_size;
  weir_stage stage;
  const char* library;       /* path of the plugin; formats are looked for in its folder too */
  const char* op;            /* the operator's id in the manifest */
  const char* params;        /* JSON, as a topology file writes them: durations as "5s" */
  const char* const* inputs; /* a schema for each input port: "region string not null, ts timestamp". Formats: one */
  size_t input_count;
  const char* time_field; /* column that rows without "@time" take their event time from; may be NULL */
  uint32_t task;
  uint32_t task_count;    /* 0 counts as 1 */
  size_t output_capacity; /* emit answers "full" after so many batches of one call; 0: never */
  int64_t overlay_budget; /* bytes that each store may use; 0: 64 MiB */
  int64_t now;            /* of the clock, microseconds */
  int32_t until_end;      /* sources: what is there now is all there will be */
  uint32_t reserved;
} weir_harness_setup;

/* NULL when the operator cannot be made; `error` then gets the reason, cut to `error_size`. */
weir_harness* weir_harness_open(const weir_harness_setup* setup, char* error, size_t error_size);
void weir_harness_close(weir_harness* harness);
const char* weir_harness_error(const weir_harness* harness);

/* Schema of an output port, as weir::typeName writes a struct. */
const char* weir_harness_output_schema(weir_harness* harness, uint32_t port);

/* Processors and sinks. Output that stops at "full" is resumed until it is done. */
int weir_harness_push_rows(weir_harness* harness, uint32_t port, const char* rows);
int weir_harness_push_batch(weir_harness* harness, uint32_t port, const weir_batch* batch);
/* Whether the operator waits for something of its own; and lets it go on. */
int weir_harness_blocked(const weir_harness* harness);
int weir_harness_resume(weir_harness* harness);
/* Whether the operator answered WEIR_MORE; weir_harness_resume lets it send on. */
int weir_harness_more(const weir_harness* harness);
/* As the host does after a wake: resume when the operator is blocked, else on_wake. */
int weir_harness_wake(weir_harness* harness);

/* What has come out of a port: all of it as rows, or batch by batch (owned by the caller; NULL: none). */
const char* weir_harness_take_rows(weir_harness* harness, uint32_t port);
const weir_batch* weir_harness_take_batch(weir_harness* harness, uint32_t port);
/* The last watermark that came out of a port; WEIR_WATERMARK_MIN before the first. */
int64_t weir_harness_watermark(const weir_harness* harness, uint32_t port);
/* Lines {"reason": ..., "row": {...}}, or for malformed records {"reason": ..., "begin": n, "end": n, "bytes": ...}. */
const char* weir_harness_take_dead_letters(weir_harness* harness);
/* Messages logged, a line each: "warning: ...". */
const char* weir_harness_take_log(weir_harness* harness);
/* What a counter has counted, a gauge says, or how many values a histogram has. */
int64_t weir_harness_counter(const weir_harness* harness, const char* name);
/* Of a histogram: 0.5 is the median, at most an eighth too high. */
int64_t weir_harness_quantile(const weir_harness* harness, const char* name, double share);

/* Moves the clock and fires on_timer when a time asked for has come. */
int weir_harness_set_clock(weir_harness* harness, int64_t now);
/* When the operator wants on_timer; INT64_MAX: not at all. */
int64_t weir_harness_wake_time(const weir_harness* harness);
int weir_harness_commit_requested(const weir_harness* harness);

/* drain, prepare_commit; the state is durable after weir_harness_finish_commit, which tells open splits and calls
 * committed. Each leaves the operator blocked where it answers WEIR_BLOCKED: call it once more then. */
int weir_harness_prepare(weir_harness* harness);
int weir_harness_finish_commit(weir_harness* harness);
/* The epoch that was prepared will not be committed; weir_harness_crash follows. */
void weir_harness_abort(weir_harness* harness);
/* Destroys the operator and makes it anew from the last commit. Output that was not taken is lost. */
int weir_harness_crash(weir_harness* harness);
/* Committed entries of a store. */
int64_t weir_harness_state_size(const weir_harness* harness, const char* store);

/* Sources. The splits there are now, a line each. */
const char* weir_harness_discover(weir_harness* harness);
/* As if an earlier run had committed this position; before the first discover. */
int weir_harness_restore(weir_harness* harness, const char* split, const char* position);
/* What the source tells of its splits since the last call: "news <id>" or "gone <id>", a line each. */
const char* weir_harness_changes(weir_harness* harness);
/* What people call a split, as far as the source has said so. */
const char* weir_harness_split_name(const weir_harness* harness, const char* split);
/* Reads one chunk of a split: WEIR_OK, WEIR_IDLE, WEIR_END, WEIR_SCHEMA_CHANGED or negative. Positions go into the next
 * commit. Rows go to port 0, records that the source could not read to the dead letters; bytes are lent until the next
 * read. */
weir_status weir_harness_read(weir_harness* harness, const char* split, int until_end, weir_slice* data,
                              uint64_t* begin);
const char* weir_harness_position(const weir_harness* harness, const char* split);

/* Formats. Good rows go to port 0, malformed records to the dead letters. */
int weir_harness_decode(weir_harness* harness, weir_slice data, const uint64_t* offsets, size_t record_count);
int weir_harness_encode(weir_harness* harness, const char* rows, weir_encoded* out);

#ifdef __cplusplus
}
#endif

#endif /* WEIR_TESTKIT_OPERATOR_HARNESS_H */
