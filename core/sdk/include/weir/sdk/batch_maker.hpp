// Puts batches together: from new columns, from columns of other batches, or as a changed view of one.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "weir/sdk/arrow_schema.hpp"
#include "weir/sdk/batch.hpp"
#include "weir/sdk/column_builder.hpp"
#include "weir/sdk/known_part.hpp"

namespace weir {

// Assembles one batch. Whatever is not set is absent. Single use: `finish` ends it.
class BatchMaker {
 public:
  explicit BatchMaker(SchemaRef schema) : storage_(std::make_unique<Storage>()) {
    storage_->schema = std::move(schema);
  }

  // A maker that starts as `base` (shared, not copied): every property that is set replaces the base's.
  static BatchMaker from(const Batch& base) {
    BatchMaker maker;
    maker.storage_->keep.push_back(base);
    maker.copyEnvelope(*base.get());
    maker.storage_->batch.schema = base.get()->schema;
    maker.storage_->batch.columns = base.get()->columns;
    maker.columnsFromBase_ = true;
    return maker;
  }

  // New columns with the row-wise envelope (event time, key, headers, ops, selection, steps) of `base`.
  static BatchMaker like(const Batch& base, SchemaRef schema) {
    BatchMaker maker(std::move(schema));
    maker.storage_->keep.push_back(base);
    maker.copyEnvelope(*base.get());
    return maker;
  }

  // New columns and a new envelope with the schema of `base`, which is kept: for what borrows from it.
  static BatchMaker view(const Batch& base) {
    BatchMaker maker;
    maker.storage_->keep.push_back(base);
    maker.storage_->batch.schema = base.get()->schema;
    return maker;
  }

  // Columns in the schema's order, each either new or borrowed from another batch with as many rows.
  BatchMaker& column(OwnedColumn column) {
    storage_->owned.push_back(std::make_unique<OwnedColumn>(std::move(column)));
    pointers().push_back(const_cast<ArrowArray*>(&storage_->owned.back()->array()));
    return *this;
  }
  BatchMaker& column(const Batch& from, std::size_t index) {
    storage_->keep.push_back(from);
    pointers().push_back(from.get()->columns->children[index]);
    return *this;
  }
  BatchMaker& eventTime(std::vector<std::int64_t> times) {
    storage_->times = std::move(times);
    storage_->batch.event_time = storage_->times.data();
    return *this;
  }
  BatchMaker& ops(std::vector<std::int8_t> ops) {
    storage_->ops = std::move(ops);
    storage_->batch.ops = storage_->ops.data();
    return *this;
  }
  BatchMaker& key(OwnedColumn key) {
    storage_->key = std::move(key);
    storage_->batch.key = &storage_->key.array();
    return *this;
  }
  BatchMaker& headers(OwnedColumn headers) {
    storage_->headers = std::move(headers);
    storage_->batch.headers = &storage_->headers.array();
    return *this;
  }
  BatchMaker& selection(std::vector<std::uint32_t> rows) {
    storage_->selection = std::move(rows);
    storage_->batch.selection_count = static_cast<std::int64_t>(storage_->selection.size());
    // An empty selection still needs a pointer: NULL would mean every row.
    static constexpr std::uint32_t kNone = 0;
    storage_->batch.selection = storage_->selection.empty() ? &kNone : storage_->selection.data();
    return *this;
  }
  // From memory that something kept by this batch owns.
  BatchMaker& borrowEventTime(const std::int64_t* times) {
    storage_->batch.event_time = times;
    return *this;
  }
  BatchMaker& borrowOps(const std::int8_t* ops) {
    storage_->batch.ops = ops;
    return *this;
  }
  // Where the base has no steps of its split, because they are those of the node, they stay as they were.
  BatchMaker& steps(std::vector<WatermarkStep> steps) {
    weir_batch& batch = storage_->batch;
    if (inheritsSteps_ && batch.origin_steps == nullptr) {
      batch.origin_steps = batch.step_count == 0 ? &kNoStep : batch.steps;
      batch.origin_step_count = batch.step_count;
    }
    storage_->steps = std::move(steps);
    storage_->batch.steps = storage_->steps.data();
    storage_->batch.step_count = static_cast<std::int64_t>(storage_->steps.size());
    return *this;
  }
  BatchMaker& originSteps(std::vector<WatermarkStep> steps) {
    storage_->originSteps = std::move(steps);
    storage_->batch.origin_steps = storage_->originSteps.empty() ? &kNoStep : storage_->originSteps.data();
    storage_->batch.origin_step_count = static_cast<std::int64_t>(storage_->originSteps.size());
    return *this;
  }
  // For hosts: see weir_batch.port_steps.
  BatchMaker& portSteps(std::vector<WatermarkStep> steps) {
    storage_->portSteps = std::move(steps);
    storage_->batch.port_steps = storage_->portSteps.empty() ? &kNoStep : storage_->portSteps.data();
    storage_->batch.port_step_count = static_cast<std::int64_t>(storage_->portSteps.size());
    return *this;
  }
  // Keeps a batch that this one borrows from.
  BatchMaker& keep(const Batch& batch) {
    storage_->keep.push_back(batch);
    return *this;
  }
  // Rows of one split at consecutive positions. The name is borrowed from something that this batch keeps.
  BatchMaker& rowIds(std::string_view split, std::int64_t firstPosition) {
    storage_->batch.row_split = {reinterpret_cast<const std::uint8_t*>(split.data()), split.size()};
    storage_->batch.first_position = firstPosition;
    storage_->batch.row_positions = nullptr;
    return *this;
  }
  // Of `base`, which this batch keeps; `positions`: of each of the new rows, empty: those from its row `first` on.
  BatchMaker& rowIdsFrom(const Batch& base, std::int64_t first, std::vector<std::int64_t> positions = {}) {
    const weir_batch& from = *base.get();
    if (!WEIR_HAS(weir_batch, &from, row_positions) || from.row_split.data == nullptr) return *this;
    weir_batch& batch = storage_->batch;
    batch.row_split = from.row_split;
    batch.first_position = from.row_positions == nullptr ? from.first_position + first : from.first_position;
    batch.row_positions = from.row_positions == nullptr ? nullptr : from.row_positions + first;
    if (positions.empty()) return *this;
    storage_->positions = std::move(positions);
    batch.first_position = 0;
    batch.row_positions = storage_->positions.data();
    return *this;
  }
  // For hosts: the positions that the base has count from `begin` of a split, whose name something kept owns.
  BatchMaker& rowIdsWithin(std::string_view split, std::int64_t begin) {
    storage_->batch.row_split = {reinterpret_cast<const std::uint8_t*>(split.data()), split.size()};
    storage_->batch.first_position += begin;
    return *this;
  }
  // Keeps something alive as long as the batch: the buffer that columns point into.
  // Shared, because batches that borrow the column may outlive this one.
  BatchMaker& keepAlive(std::shared_ptr<const void> owner) {
    storage_->owners.push_back(std::move(owner));
    return *this;
  }

  // `rows` is the physical row count of the new columns; ignored after `from`.
  Batch finish(std::int64_t rows) {
    Storage& storage = *storage_;
    weir_batch& batch = storage.batch;
    if (!columnsFromBase_) {
      storage.columns.length = rows;
      storage.columns.n_buffers = 1;
      storage.columns.buffers = storage.noBuffers;
      storage.columns.n_children = static_cast<std::int64_t>(storage.children.size());
      storage.columns.children = storage.children.data();
      storage.columns.release = [](ArrowArray* array) { array->release = nullptr; };  // owned by the batch
      batch.columns = &storage.columns;
      if (storage.schema != nullptr) batch.schema = &storage.schema->arrow();
      batch.row_count = rows;
    }
    batch.struct_size = sizeof(weir_batch);
    batch.reserved = 0;
    batch.retain = [](const weir_batch* self) { of(self)->references.fetch_add(1, std::memory_order_relaxed); };
    batch.release = [](const weir_batch* self) {
      if (of(self)->references.fetch_sub(1, std::memory_order_acq_rel) == 1) delete of(self);
    };
    batch.private_data = storage_.get();
    if (storage.unknown.empty()) return Batch::adopt(&storage_.release()->batch);
    return finishWide();
  }

 private:
  struct Storage {
    weir_batch batch{};
    std::atomic<int> references{1};
    std::vector<std::byte> unknown;      // what a newer side put behind the members of the base that we know
    std::unique_ptr<std::byte[]> whole;  // `batch` and `unknown` in one piece, where there is any
    SchemaRef schema;
    ArrowArray columns{};
    const void* noBuffers[1] = {nullptr};
    std::vector<ArrowArray*> children;
    std::vector<std::unique_ptr<OwnedColumn>> owned;
    std::vector<Batch> keep;
    std::vector<std::shared_ptr<const void>> owners;
    std::vector<std::int64_t> times;
    std::vector<std::int8_t> ops;
    std::vector<std::uint32_t> selection;
    std::vector<WatermarkStep> steps;
    std::vector<WatermarkStep> originSteps;
    std::vector<WatermarkStep> portSteps;
    std::vector<std::int64_t> positions;
    OwnedColumn key;
    OwnedColumn headers;
  };

  BatchMaker() : storage_(std::make_unique<Storage>()) {}

  static Storage* of(const weir_batch* batch) { return static_cast<Storage*>(batch->private_data); }
  std::vector<ArrowArray*>& pointers() {
    columnsFromBase_ = false;
    return storage_->children;
  }
  // Everything that belongs to the rows, known here or not. The base, which is kept, owns what it points to.
  void copyEnvelope(const weir_batch& base) {
    weir_batch& batch = storage_->batch;
    batch = knownPart(&base);
    batch.schema = nullptr;
    batch.columns = nullptr;
    batch.port_steps = nullptr;  // of the way in, not of the rows
    batch.port_step_count = 0;
    if (base.struct_size > sizeof(weir_batch)) {
      const auto* bytes = reinterpret_cast<const std::byte*>(&base);
      storage_->unknown.assign(bytes + sizeof(weir_batch), bytes + base.struct_size);
    }
    inheritsSteps_ = true;
  }
  Batch finishWide() {
    Storage& storage = *storage_.release();  // owned by its references
    const std::size_t size = sizeof(weir_batch) + storage.unknown.size();
    storage.batch.struct_size = static_cast<std::uint32_t>(size);
    storage.whole = std::make_unique<std::byte[]>(size);
    std::memcpy(storage.whole.get(), &storage.batch, sizeof(weir_batch));
    std::memcpy(storage.whole.get() + sizeof(weir_batch), storage.unknown.data(), storage.unknown.size());
    return Batch::adopt(reinterpret_cast<const weir_batch*>(storage.whole.get()));
  }

  static constexpr WatermarkStep kNoStep{0, 0};  // NULL would mean "as the node's"

  std::unique_ptr<Storage> storage_;
  bool columnsFromBase_ = false;
  bool inheritsSteps_ = false;
};

}  // namespace weir
