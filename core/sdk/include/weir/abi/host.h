/* What the host offers to one operator instance: the same services for every plugin.
 *
 * Thread tags stand before every function:
 *   [control]  while an instance is made or destroyed; never together with another call on that instance
 *   [task]     one call at a time per instance, on any OS thread
 *   [any]      any thread at any time
 * Calls that fail answer a negative status; `last_error` then tells why, until the next call on the same
 * context and thread. Strings and bytes are (pointer, length) and borrowed for the length of the call. */
#ifndef WEIR_ABI_HOST_H
#define WEIR_ABI_HOST_H

#include "weir/abi/batch.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef int32_t weir_status;
enum {
  WEIR_OK = 0,          /* done; for emit: send more */
  WEIR_HAVE_OUTPUT = 1, /* stopped because emit answered WEIR_FULL: call resume */
  WEIR_BLOCKED = 2,     /* waits for something of its own: call resume after wake */
  WEIR_FULL = 3,        /* emit only: the batch was taken, send no more in this call */
  WEIR_IDLE = 4,        /* source read only: nothing now, more may come */
  WEIR_END = 5,         /* source read only: nothing will come any more */
  /* Operators with WEIR_YIELDS only, minor 2. All input is in the state, and so is the place from which there is more
   * to send: resume is called when there is room, and before it anything else may be, prepare_commit too. */
  WEIR_MORE = 6,
  /* Source read only, minor 2. What follows in this split has another schema, which derive_schema answers. No chunk
   * comes with it, and read is not called again: the host commits what came before, plans anew, and opens the split
   * where the last chunk ended. For sources whose manifest has the rule "derive". */
  WEIR_SCHEMA_CHANGED = 7,
  WEIR_ERROR_CONFIG = -1,     /* the topology is wrong; trying again cannot help */
  WEIR_ERROR_RETRYABLE = -2,  /* the outside world failed; the task is made anew from the last commit */
  WEIR_ERROR_POISON = -3,     /* rows that cannot be worked on and were not named with dead_letter */
  WEIR_ERROR_FATAL = -4,      /* the instance is broken */
  WEIR_ERROR_UNSUPPORTED = -5 /* this operator has no such function */
};

typedef enum weir_log_level {
  WEIR_LOG_DEBUG = 0,
  WEIR_LOG_INFO = 1,
  WEIR_LOG_WARNING = 2,
  WEIR_LOG_ERROR = 3,
  WEIR_LOG_MISBEHAVIOUR = 4 /* a breach of this contract, by either side */
} weir_log_level;

/* One entry of a store. They travel in arrays, with the size of an entry beside them. What is handed over as dirty is
 * sorted by (segment, key), each pair once. */
typedef struct weir_state_entry {
  int64_t segment; /* time segment that expires as a whole; 0 for stores without segments */
  weir_slice key;
  weir_slice value; /* data == NULL: the entry is deleted */
} weir_state_entry;

typedef struct weir_state weir_state;         /* a store of this node and task */
typedef struct weir_expr weir_expr;           /* a compiled expression */
typedef struct weir_format weir_format;       /* an opened format */
typedef struct weir_metric weir_metric;       /* a counter, gauge or histogram */
typedef struct weir_aggregate weir_aggregate; /* an opened aggregate of a plugin (minor 2) */

/* Called for each entry in order; answers 0 to go on, anything else to stop. */
typedef int32_t (*weir_state_visitor)(void* arg, const weir_state_entry* entry, size_t entry_size);

/* Rows of a batch that an expression could not compute, ascending; the first `count` are borrowed until
 * the next evaluation of the same expression. */
typedef struct weir_row_errors {
  uint32_t struct_size;
  uint32_t reserved;
  size_t count;
  const uint32_t* rows;
  const weir_slice* reasons;
} weir_row_errors;

/* Bytes made by a format: record i is data[offsets[i], offsets[i + 1]). Borrowed until the next encode. */
typedef struct weir_encoded {
  uint32_t struct_size;
  uint32_t reserved;
  const uint8_t* data;
  const uint64_t* offsets; /* count + 1 */
  size_t count;
} weir_encoded;

struct weir_decoded; /* operator.h */

/* --- minor 2: aggregates --- */

/* Bytes of a group, which belong to whoever opened the aggregate. An empty one is a group without rows. Final, as
 * weir_slice is. */
typedef struct weir_bytes {
  uint8_t* data; /* valid until the next resize */
  size_t size;
  /* [task] Makes them longer or shorter; new ones are 0. Answers 0, and leaves them as they are, when there is no room.
   */
  int32_t (*resize)(struct weir_bytes* self, size_t size);
  void* owner;
} weir_bytes;

/* In the place of a row: none, only the value of its group is asked for. */
#define WEIR_NO_ROW UINT32_MAX

/* Rows, and the groups that they belong to. */
typedef struct weir_grouped_rows {
  uint32_t struct_size;
  uint32_t reserved;
  const weir_batch* arguments; /* a column for each argument; its selection says nothing */
  const uint32_t* rows;   /* physical, in the order in which they came; or WEIR_NO_ROW, where values are asked for */
  const uint32_t* groups; /* of each row, an index into `states` */
  size_t count;
  weir_bytes* states;
  size_t state_count;
} weir_grouped_rows;

/* States of other stages or moments, and the groups that they belong to. */
typedef struct weir_grouped_states {
  uint32_t struct_size;
  uint32_t reserved;
  const weir_slice* others;
  const uint32_t* groups; /* of each, an index into `states` */
  size_t count;
  weir_bytes* states;
  size_t state_count;
} weir_grouped_states;

typedef struct weir_context weir_context; /* the host's side of one instance */

/* Append-only; `struct_size` tells how much of it this host has. */
typedef struct weir_host {
  uint32_t struct_size;
  uint16_t abi_major;
  uint16_t abi_minor;

  /* [any] Text of the last failed call on this thread, borrowed until the next call. */
  weir_slice (*last_error)(weir_context* ctx);
  /* [any] The plugin says why it is about to answer a negative status. Copied. */
  void (*set_error)(weir_context* ctx, weir_slice text);
  /* [any] Copied, rate-limited, never blocks; the host adds the node's id. */
  void (*log)(weir_context* ctx, weir_log_level level, weir_slice text);
  /* [any] Microseconds since the epoch, from the host's clock: the only clock a plugin may ask. */
  int64_t (*now)(weir_context* ctx);

  /* [task] Sends a batch out of an output port; the host retains it as long as it needs it. */
  weir_status (*emit)(weir_context* ctx, uint32_t port, const weir_batch* batch);
  /* [task] Hands rows of a batch to the dead letters, with one reason for all of them. */
  void (*dead_letter)(weir_context* ctx, const weir_batch* batch, const uint32_t* rows, size_t count,
                      weir_slice reason);
  /* [any] Asks that resume (a blocked instance) or read (an idle source) be called soon. */
  void (*wake)(weir_context* ctx);
  /* [task] Asks for on_timer at a time of the host's clock; the earliest request counts. What is waited for is the time
   * between now and then, however the clock is set meanwhile; on_timer is never told an earlier time than was asked
   * for. */
  void (*wake_at)(weir_context* ctx, int64_t time);

  /* [control] A metric of this node, by a name from its manifest, which also says of what kind it is. */
  weir_status (*metric_open)(weir_context* ctx, weir_slice name, weir_metric** out);
  /* [any] Counters. */
  void (*metric_add)(weir_context* ctx, weir_metric* metric, int64_t delta);

  /* [control] A store that the manifest declares. */
  weir_status (*state_open)(weir_context* ctx, weir_slice name, weir_state** out);
  /* [task] Committed values of `count` keys of one segment, which ascend; absent ones have data == NULL.
   * Values are borrowed until the next call on the same store. */
  weir_status (*state_get_many)(weir_context* ctx, weir_state* store, int64_t segment, const weir_slice* keys,
                                size_t count, weir_slice* values);
  /* [task] Visits committed entries of one segment with from <= key < to (to.data == NULL: no end). */
  weir_status (*state_scan)(weir_context* ctx, weir_state* store, int64_t segment, weir_slice from, weir_slice to,
                            weir_state_visitor visitor, void* arg);
  /* [task] Segments that hold anything committed, ascending; borrowed until the next call. */
  weir_status (*state_segments)(weir_context* ctx, weir_state* store, const int64_t** segments, size_t* count);
  /* [task, inside prepare_commit] Dirty entries since the last commit. Copied. */
  weir_status (*state_put)(weir_context* ctx, weir_state* store, const weir_state_entry* entries, size_t count,
                           size_t entry_size);
  /* [task, inside prepare_commit] Everything in segments below `segment` is gone. */
  weir_status (*state_drop_below)(weir_context* ctx, weir_state* store, int64_t segment);
  /* [task] Tells how many bytes this store's overlay uses; answers how many it may use. Above that it
   * drops clean entries, and asks for a commit when there are none. */
  int64_t (*state_budget)(weir_context* ctx, weir_state* store, int64_t used);
  /* [task] Asks for a commit soon, because memory or an outside limit needs one. */
  void (*request_commit)(weir_context* ctx);
  /* [task, inside prepare_commit] What `recover` needs after a crash. Copied. */
  weir_status (*set_recovery)(weir_context* ctx, weir_slice blob);

  /* [control] Compiles an expression over the schema of input port `port`; `type` is released by the caller. */
  weir_status (*expr_compile)(weir_context* ctx, uint32_t port, weir_slice text, weir_expr** out,
                              struct ArrowSchema* type);
  /* [task] One value for each physical row of `batch` (unselected rows are undefined); released by the caller. */
  weir_status (*expr_evaluate)(weir_context* ctx, weir_expr* expr, const weir_batch* batch, struct ArrowArray* out,
                               weir_row_errors* errors);
  /* [task] Selected rows for which a boolean expression is true, ascending; borrowed until the next call. */
  weir_status (*expr_select)(weir_context* ctx, weir_expr* expr, const weir_batch* batch, const uint32_t** rows,
                             size_t* count, weir_row_errors* errors);

  /* [control] Opens a format (`plugin.format`) that encodes rows of input port `port`. */
  weir_status (*format_open)(weir_context* ctx, uint32_t port, weir_slice use, weir_format** out);
  /* [task] Encodes the selected rows, one record each. */
  weir_status (*format_encode)(weir_context* ctx, weir_format* format, const weir_batch* batch, weir_encoded* out);

  /* [any] A service that this struct does not have yet: "weir.draft.<name>/<revision>". NULL: not here. */
  const void* (*get_extension)(weir_context* ctx, const char* id);

  /* --- minor 2 --- */
  /* [any] Gauges: what the value is. */
  void (*metric_set)(weir_context* ctx, weir_metric* metric, int64_t value);
  /* [any] Histograms: one value measured; below 0 counts as 0. */
  void (*metric_record)(weir_context* ctx, weir_metric* metric, int64_t value);

  /* [control] As expr_compile, over a schema that the caller states (a struct type). Batches to evaluate it on have
   * that schema. Columns that are structs make names with a dot: `left.amount`. */
  weir_status (*expr_compile_over)(weir_context* ctx, const struct ArrowSchema* schema, weir_slice text,
                                   weir_expr** out, struct ArrowSchema* type);

  /* [control] As format_open, over a schema that the caller states, with the format's own parameters: a JSON object, or
   * empty. */
  weir_status (*format_open_with)(weir_context* ctx, const struct ArrowSchema* schema, weir_slice use,
                                  weir_slice params, weir_format** out);
  /* [task] Decodes `record_count` records, or what the format finds itself where `offsets` is NULL. The batch in `out`
   * is owned by the caller; the rest is borrowed until the next decode. WEIR_BLOCKED: the format has to fetch something
   * first; call again with the same records after wake. */
  weir_status (*format_decode)(weir_context* ctx, weir_format* format, weir_slice data, const uint64_t* offsets,
                               size_t record_count, struct weir_decoded* out);

  /* [control] Opens an aggregate (`plugin.aggregate`) over columns of the types that `arguments` (a struct type) has;
   * `result`, a field, is released by the caller. In derive_schema only the types are there. */
  weir_status (*aggregate_open)(weir_context* ctx, weir_slice use, const struct ArrowSchema* arguments,
                                weir_aggregate** out, struct ArrowSchema* result);
  /* [task] Adds rows to the states of their groups. Rows with a null argument do not take part, unless the aggregate
   * takes them. `running`, which may be NULL: the value of its group after each row, released by the caller. */
  weir_status (*aggregate_add)(weir_context* ctx, weir_aggregate* aggregate, const weir_grouped_rows* rows,
                               struct ArrowArray* running, weir_row_errors* errors);
  /* [task] Puts states together: as if the rows of both had been added to one. */
  weir_status (*aggregate_merge)(weir_context* ctx, weir_aggregate* aggregate, const weir_grouped_states* states);
  /* [task] A value for each state; released by the caller. `errors`: of those that have none. */
  weir_status (*aggregate_finish)(weir_context* ctx, weir_aggregate* aggregate, const weir_slice* states, size_t count,
                                  struct ArrowArray* out, weir_row_errors* errors);
} weir_host;

#ifdef __cplusplus
}
#endif

#endif /* WEIR_ABI_HOST_H */
