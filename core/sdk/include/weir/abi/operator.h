/* What a plugin offers for each of its operators. Thread tags: see host.h.
 *
 * Life of an instance: create, recover, then process / resume / on_timer / read in any order, with
 * drain and prepare_commit before a commit and committed after it, cancel at any time, destroy at the end.
 * Nothing is rolled back in place: after a failed commit the instance is destroyed and made anew. */
#ifndef WEIR_ABI_OPERATOR_H
#define WEIR_ABI_OPERATOR_H

#include "weir/abi/host.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum weir_kind {
  WEIR_KIND_SOURCE = 1,
  WEIR_KIND_PROCESSOR = 2,
  WEIR_KIND_SINK = 3,
  WEIR_KIND_FORMAT = 4,
  WEIR_KIND_FUNCTION = 5, /* minor 2 */
  WEIR_KIND_AGGREGATE = 6 /* minor 2 */
} weir_kind;

/* Parameters after defaults are filled in and references resolved, addressed by path: "path", "by.0",
 * "aggregates.1.field". In the name of a member "\." stands for a dot, "\\" for a backslash, "\0" for a byte 0, and
 * "\e" for nothing, which is how an empty name is written. Valid for the length of the call that hands the config over.
 */
typedef struct weir_config weir_config;
typedef struct weir_config_api {
  uint32_t struct_size;
  uint32_t reserved;
  /* 1 when the path has a value that is not null. */
  int32_t (*has)(const weir_config* config, const char* path);
  /* Number of elements of a list or of members of an object; 0 for anything else. */
  size_t (*size)(const weir_config* config, const char* path);
  /* Name of member `index` of an object. */
  weir_slice (*member)(const weir_config* config, const char* path, size_t index);
  /* Each answers 1, or 0 when the path has no value of that type. Durations are integers, in microseconds. */
  int32_t (*text)(const weir_config* config, const char* path, weir_slice* out);
  int32_t (*integer)(const weir_config* config, const char* path, int64_t* out);
  int32_t (*number)(const weir_config* config, const char* path, double* out);
  int32_t (*boolean)(const weir_config* config, const char* path, int32_t* out);
} weir_config_api;

/* An aggregate whose manifest says `"combine": true` may be cut in two around a repartition: the partial
 * stage puts rows together before it, the final stage merges what arrives. */
typedef enum weir_stage { WEIR_STAGE_WHOLE = 0, WEIR_STAGE_PARTIAL = 1, WEIR_STAGE_FINAL = 2 } weir_stage;

/* What an instance is made from. Schemas live as long as the instance. */
typedef struct weir_create_info {
  uint32_t struct_size;
  weir_stage stage;
  const weir_host* host;
  weir_context* context;
  const weir_config_api* config_api;
  const weir_config* config;
  const struct ArrowSchema* const* input_schemas; /* by input port, in the manifest's order */
  size_t input_count;
  const struct ArrowSchema* const* output_schemas; /* by output port; NULL where nothing is attached */
  size_t output_count;
  uint32_t task; /* index of this task within its sub-topology */
  uint32_t task_count;
  int32_t until_end; /* what is there now is all there will be */
  uint32_t reserved;
  /* --- minor 2; empty and 0 for derive_schema and outside of a topology. Valid as long as the instance. --- */
  weir_slice node;      /* its id in the topology */
  weir_slice topology;  /* its name */
  weir_slice home;      /* a random id that the home got when it was made, and keeps */
  uint64_t incarnation; /* number of starts of the home, this one included: tells what an earlier run left behind */
  uint64_t last_epoch;  /* the last one in which this node of this task committed anything; 0: none */
} weir_create_info;

/* [control] Pure: output schemas from parameters and input schemas, without state or outside world. Called
 * in a child process. `outputs` has one slot per output port, each to be filled and released by the caller. */
typedef weir_status (*weir_derive_schema)(const weir_create_info* info, struct ArrowSchema* outputs, size_t count);

/* A part of the input with a position of its own: a file, a partition. */
typedef struct weir_split {
  uint32_t struct_size;
  uint32_t reserved;
  weir_slice id;       /* stable over restarts and renames; splits whose ids have the same part behind their last colon
                          are read by the same task */
  weir_slice position; /* as the source last gave it; empty at the beginning */
  weir_slice name;     /* for people, in messages and dead letters; may change. Empty: the id (minor 2) */
} weir_split;

/* A record that the source itself could not read: it becomes a dead letter of the source's node. The host may keep
 * fewer bytes than it is given. */
typedef struct weir_unreadable {
  weir_slice bytes;  /* the beginning of the record, as much as the source has kept */
  uint64_t length;   /* of the whole record */
  uint64_t position; /* where it begins in the input: a byte or record offset, as weir_chunk.begin */
  weir_slice reason;
} weir_unreadable;

/* Bytes or rows read from a split. Either `data` or `batch` is set, or neither. Where a chunk ends is decided by the
 * input alone where that is possible, so that a second run cuts it the same way. */
typedef struct weir_chunk {
  uint32_t struct_size;
  uint32_t unreadable_size;     /* of one element of `unreadable` */
  weir_slice data;              /* whole records, decoded later on any thread; valid until `release` */
  const uint64_t* offsets;      /* record i is data[offsets[i], offsets[i + 1]); NULL: the format frames itself */
  size_t record_count;          /* when `offsets` is set */
  const weir_batch* batch;      /* owned: released by the host; without event time and steps */
  weir_slice position;          /* of the split after this chunk; borrowed until the next read of the split */
  uint64_t begin;               /* where `data` begins in the input, for messages: a byte or record offset */
  void (*release)(void* owner); /* [any] gives `data` and `offsets` back; may be NULL */
  void* owner;
  const weir_unreadable* unreadable; /* borrowed until the next read of the split */
  size_t unreadable_count;
  /* --- minor 2: what the source knows beside the bytes; valid until `release` --- */
  /* Of each record in `data`, which needs `offsets`; each may be NULL. The format has to give one row for each record
   * that is not malformed. (A `batch` has its own.) */
  const struct ArrowArray* keys;    /* bytes ("z") */
  const struct ArrowArray* headers; /* list of {name: utf8, value: binary} */
  const int64_t* times;             /* event times in microseconds, WEIR_NO_TIME where there is none */
  /* No later record of this split has a time at or below it. It counts, as `times` do (or the batch's event_time),
   * where the manifest says `"gives_time": true` and the topology names no event time of its own. */
  int64_t watermark; /* WEIR_WATERMARK_MIN: says nothing */
} weir_chunk;

typedef void (*weir_split_receiver)(void* arg, const weir_split* split);

typedef enum weir_split_change {
  WEIR_SPLIT_NEWS = 1, /* it is new, or may have something to read */
  WEIR_SPLIT_GONE = 2  /* it is not there any more: at its end its position is forgotten */
} weir_split_change;
typedef void (*weir_change_receiver)(void* arg, const weir_split* split, weir_split_change change);

typedef struct weir_source_api {
  uint32_t struct_size;
  uint32_t reserved;
  /* [task] Names every split there is now; called at the start and now and then after it. */
  weir_status (*discover)(void* instance, weir_split_receiver receiver, void* arg);
  /* [task] Opens a split at its position. */
  weir_status (*open_split)(void* instance, const weir_split* split, void** reader);
  void (*close_split)(void* instance, void* reader);
  /* [task] WEIR_OK with a chunk, WEIR_IDLE, WEIR_END or WEIR_SCHEMA_CHANGED without one, or an error. Never waits.
   * `until_end`: what is there now is all there will be. */
  weir_status (*read)(void* instance, void* reader, int32_t until_end, weir_chunk* out);
  /* [task] Minor 2. Everything up to `position` is durable: what a source acknowledges may go now. Only once for
   * several commits where they come quickly, and not again after a restart: open_split tells the position then. */
  weir_status (*split_committed)(void* instance, void* reader, weir_slice position);
  /* [task] A split that this task has read before, with its position of the last commit; each one, before the first
   * discover. May be NULL. (minor 2) */
  weir_status (*restore_split)(void* instance, const weir_split* split);
  /* [task] Tells what has changed since discover or the last call, after a wake and now and then while reading; costs
   * next to nothing when that is nothing. A source that has it is asked once for all of its splits, and those that
   * answered WEIR_IDLE are not read again before it names them: idle splits cost nothing. May be NULL. (minor 2) */
  weir_status (*changes)(void* instance, weir_change_receiver receiver, void* arg);
} weir_source_api;

/* A record that could not be decoded: where it lies in the input, and why. */
typedef struct weir_malformed {
  uint64_t begin;
  uint64_t end;
  weir_slice reason;
} weir_malformed;

typedef struct weir_decoded {
  uint32_t struct_size;
  uint32_t malformed_size;         /* of one element of `malformed` */
  const weir_batch* batch;         /* owned: released by the host; NULL when there are no good rows */
  const weir_malformed* malformed; /* borrowed until the next decode */
  size_t malformed_count;
} weir_decoded;

/* Format instances are made with the schema to read or write as input schema 0; one per thread. `weir_operator.cancel`
 * is called for them too. Of the host they may use last_error, set_error, log, now, wake and metrics. */
typedef struct weir_format_api {
  uint32_t struct_size;
  uint32_t reserved;
  weir_status (*decode)(void* instance, weir_slice data, const uint64_t* offsets, size_t record_count,
                        weir_decoded* out);
  weir_status (*encode)(void* instance, const weir_batch* batch, weir_encoded* out);
  /* [task] Minor 2; called before decode with the same records, so that nothing there has to wait: WEIR_OK, or
   * WEIR_BLOCKED to be called again after wake, as when a schema has to be fetched. */
  weir_status (*prepare)(void* instance, weir_slice data, const uint64_t* offsets, size_t record_count);
} weir_format_api;

/* Functions and aggregates (minor 2) are made with the types of their arguments as input schema 0, and one column with
 * that of the result as output schema 0. What they give depends on the arguments alone: of the host they may use
 * last_error, set_error and log. They have create and destroy, and nothing else that operators have. */

/* A scalar function in one place of one expression. */
typedef struct weir_function_api {
  uint32_t struct_size;
  uint32_t reserved;
  /* [task] A value for each physical row of `arguments` (those of rows that are not selected mean nothing); released by
   * the host. Rows with a null argument are not selected, unless the manifest says "handles_null". `errors`: selected
   * rows that have no value, ascending, and why; borrowed until the next call. */
  weir_status (*evaluate)(void* instance, const weir_batch* arguments, struct ArrowArray* out, weir_row_errors* errors);
} weir_function_api;

/* An aggregate keeps nothing itself: what it knows of a group lies in the state that it is given. Errors of `running`
 * and `out` are as of weir_function_api.evaluate. */
typedef struct weir_aggregate_api {
  uint32_t struct_size;
  uint32_t reserved;
  /* [task] `running` is NULL, or wants a value for each entry of `rows`, as of then. */
  weir_status (*add)(void* instance, const weir_grouped_rows* rows, struct ArrowArray* running,
                     weir_row_errors* errors);
  /* [task] Which of them is merged into which must not matter. */
  weir_status (*merge)(void* instance, const weir_grouped_states* states);
  /* [task] A value for each state; an empty one is a group without rows. */
  weir_status (*finish)(void* instance, const weir_slice* states, size_t count, struct ArrowArray* out,
                        weir_row_errors* errors);
} weir_aggregate_api;

/* weir_operator.flags */
enum {
  WEIR_YIELDS = 1 /* may answer WEIR_MORE; emit then answers WEIR_FULL also where a commit should come first */
};

/* NULL function pointers mean that the operator has no use for the call. */
typedef struct weir_operator {
  uint32_t struct_size;
  weir_kind kind;
  const char* id; /* as in the manifest, without the plugin's name */
  weir_derive_schema derive_schema;
  /* [control] */
  weir_status (*create)(const weir_create_info* info, void** instance);
  void (*destroy)(void* instance);
  /* [task] Processor and sink: works on one batch. WEIR_OK, WEIR_HAVE_OUTPUT, WEIR_BLOCKED or an error. */
  weir_status (*process)(void* instance, uint32_t port, const weir_batch* batch);
  /* [task] Goes on after WEIR_HAVE_OUTPUT or WEIR_BLOCKED; same answers. */
  weir_status (*resume)(void* instance);
  /* [task] A time asked for with wake_at has come. Same answers as process. */
  weir_status (*on_timer)(void* instance, int64_t now);
  /* [task] Finishes what is in flight: WEIR_OK when nothing is, WEIR_BLOCKED to be called again after wake. */
  weir_status (*drain)(void* instance, int64_t deadline);
  /* [any] Gives up what is in flight, soon; destroy follows. */
  void (*cancel)(void* instance);
  /* [task] Hands dirty state and the recovery blob of `epoch` to the host. Rows may follow at once. Never
   * called between WEIR_HAVE_OUTPUT or WEIR_BLOCKED and the resume that ends it. A further epoch may be prepared before
   * this one is committed. From minor 2 on it may answer WEIR_BLOCKED, to be called again after wake with the same
   * epoch; nothing else is called in between. Epochs grow over the life of a home; one that was not committed may come
   * again. */
  weir_status (*prepare_commit)(void* instance, uint64_t epoch);
  /* [task] `epoch` is durable. From minor 2 on it may answer WEIR_BLOCKED, to be called again after wake: rows go on
   * meanwhile, and the next commit waits. */
  weir_status (*committed)(void* instance, uint64_t epoch);
  /* [task] Always, after create and before the first row: the blob of the last commit, empty when there was
   * none. State may be read from here on. Idempotent. */
  weir_status (*recover)(void* instance, weir_slice blob);
  const weir_source_api* source; /* sources only */
  const weir_format_api* format; /* formats only */
  const void* (*get_extension)(void* instance, const char* id);
  /* --- minor 2 --- */
  uint32_t flags;
  uint32_t reserved;
  /* [task] wake was called, and the instance is not blocked (a blocked one gets resume). Same answers as process. */
  weir_status (*on_wake)(void* instance);
  /* [task] `epoch` was prepared, and is certain not to be committed; destroy follows. Not called where that is not
   * certain, as after a crash: recover decides then. */
  weir_status (*abort)(void* instance, uint64_t epoch);
  const weir_function_api* function;   /* functions only */
  const weir_aggregate_api* aggregate; /* aggregates only */
} weir_operator;

#ifdef __cplusplus
}
#endif

#endif /* WEIR_ABI_OPERATOR_H */
