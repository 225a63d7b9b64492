/* One batch of rows, as it crosses a plugin border.
 *
 * A batch made from another one with the same rows keeps what it does not know of it: it copies `struct_size` bytes,
 * and keeps the other one alive. One with other rows leaves unknown members out. A batch is immutable and
 * reference-counted. A callee borrows it for the length of the call and calls `retain` to keep it longer. `retain` and
 * `release` may be called from any thread. */
#ifndef WEIR_ABI_BATCH_H
#define WEIR_ABI_BATCH_H

#include <stddef.h>
#include <stdint.h>

#include "weir/abi/arrow.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Final, as an int64_t is: it never grows, and needs no size. */
typedef struct weir_slice {
  const uint8_t* data; /* NULL means absent, which differs from empty */
  size_t size;
} weir_slice;

/* Event time of a row that has none. Such a row passes stateless operators, moves no watermark, and is a
 * dead letter where time is needed. */
#define WEIR_NO_TIME INT64_MIN
/* Nothing is known about time yet. */
#define WEIR_WATERMARK_MIN INT64_MIN
/* The input of this run has ended, which says nothing about time: the next run of the same home may bring rows that are
 * newer. The watermark stays what it was before. What an operator does at this step answers for this run; what it keeps
 * has to be right for the next one. It is never stored as a watermark. */
#define WEIR_WATERMARK_MAX INT64_MAX

/* Change kinds of table edges (`weir_batch.ops`). An update is an adjacent before / after pair. */
enum { WEIR_OP_INSERT = 0, WEIR_OP_UPDATE_BEFORE = 1, WEIR_OP_UPDATE_AFTER = 2, WEIR_OP_DELETE = 3 };

/* The watermark becomes `watermark` before the row with index `row` (`row` == row_count: after the last
 * one): no row with an event time at or below it will follow. Indexes count physical rows, selected or
 * not, and never fall within one batch; nor does the watermark of `steps`. That of `origin_steps` may fall
 * where rows of another split begin, as batches of several splits may travel as one.
 * Final, as an int64_t is: more about steps would be one more array of `step_count` elements in weir_batch. */
typedef struct weir_watermark_step {
  int64_t row;
  int64_t watermark;
} weir_watermark_step;

/* Of a member's type: where that is a pointer, the size of an expression would look like a slip. */
#ifdef __cplusplus
#define WEIR_SIZE_OF(type, member) sizeof(decltype(type::member))
#else
#define WEIR_SIZE_OF(type, member) sizeof(((const type*)0)->member)
#endif
/* Whether the struct that `pointer` leads to has a member, as far as its maker knew. */
#define WEIR_SIZE_WITH(type, member) (offsetof(type, member) + WEIR_SIZE_OF(type, member))
#define WEIR_HAS(type, pointer, member) ((pointer)->struct_size >= WEIR_SIZE_WITH(type, member))

typedef struct weir_batch {
  uint32_t struct_size;
  uint32_t reserved;
  int64_t row_count;                /* physical rows, before `selection` */
  const struct ArrowSchema* schema; /* a struct type; equal pointers mean equal schemas */
  const struct ArrowArray* columns; /* a struct array, offset 0, without nulls at the top */
  const int64_t* event_time;        /* row_count microseconds UTC or WEIR_NO_TIME; NULL: the edge has none */
  const struct ArrowArray* key;     /* key bytes as the topic's key format wrote them ("z"), or NULL */
  const struct ArrowArray* headers; /* list of {name: utf8, value: binary}, or NULL */
  const int8_t* ops;                /* row_count WEIR_OP_*; NULL on stream edges */
  const uint32_t* selection;        /* ascending physical row indexes; NULL: every row */
  int64_t selection_count;
  /* The watermark of the receiving node: closes windows, fires timers. */
  const weir_watermark_step* steps;
  int64_t step_count;
  /* The watermark of the split that the rows came from: it alone decides whether a row is late, so that
   * lateness depends on the data and not on how splits were interleaved. What it was at the end of the batch
   * before says nothing here: the first step stands at row 0, unless the split knows no time yet. NULL: the
   * same as `steps`. */
  const weir_watermark_step* origin_steps;
  int64_t origin_step_count;
  void (*retain)(const struct weir_batch* self);  /* [any] */
  void (*release)(const struct weir_batch* self); /* [any] */
  void* private_data;
  /* --- minor 2 --- */
  /* Where the rows come from: a split and a position in it make an id that a row has in every run, for whoever must
   * know it again (WEIR_HAS first). data NULL: these rows were made on the way, and have none. */
  weir_slice row_split;
  int64_t first_position;       /* row i has first_position + i, */
  const int64_t* row_positions; /* or first_position + row_positions[i], where this is not NULL */
  /* Operators with several input ports: the watermark of the port that the batch comes in on, before it was put
   * together with those of the others (which is `steps`). The host sets it; what an operator emits has none. NULL: as
   * `steps`. */
  const weir_watermark_step* port_steps;
  int64_t port_step_count;
} weir_batch;

#ifdef __cplusplus
}
#endif

#endif /* WEIR_ABI_BATCH_H */
