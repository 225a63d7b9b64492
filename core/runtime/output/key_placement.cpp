#include "core/runtime/output/key_placement.hpp"

#include <algorithm>
#include <cstring>

#include "core/base/json.hpp"
#include "core/base/murmur2.hpp"
#include "core/runtime/batch/row_text.hpp"

namespace weir::runtime {

namespace {

OwnedColumn borrowColumn(ArrowArray column) {
  column.release = [](ArrowArray* array) { array->release = nullptr; };  // its batch owns it
  column.private_data = nullptr;
  return OwnedColumn(column);
}

}  // namespace

Result<KeyPlacement> KeyPlacement::make(const topology::PlannedTopic& topic) {
  KeyPlacement placement;
  placement.partitions_ = topic.partitions;
  for (const std::string& name : topic.keyFields) {
    const std::optional<std::size_t> column = topic.schema.find(name);
    if (!column) return configError("Topic " + topic.name + " has the key '" + name + "', which is no column of it.");
    placement.columns_.push_back(*column);
    placement.fields_.push_back(topic.schema.fields[*column]);
  }
  if (placement.columns_.empty()) return placement;
  const TypeId type = placement.fields_[0].type.id;
  const bool single = placement.columns_.size() == 1;
  if (topic.keyFormat == "string" && single && (type == TypeId::String || type == TypeId::Bytes)) {
    placement.form_ = Form::Text;
  } else if (topic.keyFormat == "int64" && single && (type == TypeId::Int64 || type == TypeId::Timestamp)) {
    placement.form_ = Form::BigEndian64;
  } else if (topic.keyFormat == "int32" && single && (type == TypeId::Int32 || type == TypeId::Date)) {
    placement.form_ = Form::BigEndian32;
  } else if (topic.keyFormat == "json") {
    placement.form_ = Form::Json;
  } else if (topic.keyFormat == "state" || topic.keyFormat.empty()) {
    placement.form_ = Form::State;
    placement.stateKey_.emplace(topic.schema, placement.columns_);
  } else {
    return configError("Topic " + topic.name + ": key format '" + topic.keyFormat + "' does not fit a key of type " +
                       typeName(placement.fields_[0].type) + ".");
  }
  return placement;
}

void KeyPlacement::place(const Batch& batch, std::uint64_t turn, std::vector<std::int32_t>& partitions,
                         std::vector<std::uint32_t>& nullKeys) {
  nullKeys.clear();
  if (!keyed()) {
    const auto partition = static_cast<std::int32_t>(turn % static_cast<std::uint64_t>(partitions_));
    partitions.assign(static_cast<std::size_t>(batch.rowCount()), partition);
    return;
  }
  partitions.resize(static_cast<std::size_t>(batch.rowCount()));
  if (form_ == Form::Text) return placeText(batch, partitions, nullKeys);
  if (stateKey_) stateKey_->bind(batch);
  batch.forEachRow([&](std::int64_t row) {
    if (hasNull(batch, row)) {
      partitions[static_cast<std::size_t>(row)] = -1;
      nullKeys.push_back(static_cast<std::uint32_t>(row));
    } else {
      partitions[static_cast<std::size_t>(row)] = partitions_ == 1 ? 0 : placeOf(bytesOf(batch, row));
    }
  });
}

bool KeyPlacement::hasNull(const Batch& batch, std::int64_t row) const {
  return std::any_of(columns_.begin(), columns_.end(),
                     [&](std::size_t column) { return batch.column(column).isNull(row); });
}

void KeyPlacement::placeText(const Batch& batch, std::vector<std::int32_t>& partitions,
                             std::vector<std::uint32_t>& nullKeys) {
  const ColumnView column = batch.column(columns_[0]);
  const StringView text(column);
  batch.forEachRow([&](std::int64_t row) {
    std::int32_t& partition = partitions[static_cast<std::size_t>(row)];
    if (column.isNull(row)) {
      partition = -1;
      nullKeys.push_back(static_cast<std::uint32_t>(row));
      return;
    }
    partition = placeOf(text[row]);
  });
}

Result<OwnedColumn> KeyPlacement::keysOf(const Batch& batch) {
  if (form_ == Form::Text) return borrowColumn(batch.column(columns_[0]).array());
  if (stateKey_) stateKey_->bind(batch);
  StringBuilder keys;
  std::int64_t next = 0;
  bool tooLong = false;
  batch.forEachRow([&](std::int64_t row) {
    for (; next < row; ++next) keys.appendNull();
    const std::string_view key = hasNull(batch, row) ? std::string_view() : bytesOf(batch, row);
    tooLong = tooLong || keys.byteCount() + key.size() > INT32_MAX;
    if (key.data() == nullptr || tooLong) {
      keys.appendNull();
    } else {
      keys.append(key);
    }
    ++next;
  });
  for (; next < batch.rowCount(); ++next) keys.appendNull();
  if (tooLong) return fatalError("The keys of one batch have more than 2 GiB.");
  return keys.finish();
}

// Most streams have few keys: the place of a known one is looked up.
std::int32_t KeyPlacement::placeOf(std::string_view key) {
  const std::optional<std::uint8_t> code = tooManyKeys_ ? std::nullopt : known_.codeOf(key);
  if (code && *code < places_.size()) return places_[*code];
  const std::int32_t partition = partitionOf(key, partitions_);
  if (code) {
    places_.push_back(partition);
  } else {
    tooManyKeys_ = true;
  }
  return partition;
}

std::string_view KeyPlacement::bytesOf(const Batch& batch, std::int64_t row) {
  const ColumnView first = batch.column(columns_[0]);
  switch (form_) {
    case Form::BigEndian64: {
      const auto bits = __builtin_bswap64(static_cast<std::uint64_t>(FixedView<std::int64_t>(first)[row]));
      scratch_.resize(sizeof bits);
      std::memcpy(scratch_.data(), &bits, sizeof bits);
      return scratch_;
    }
    case Form::BigEndian32: {
      const auto bits = __builtin_bswap32(static_cast<std::uint32_t>(FixedView<std::int32_t>(first)[row]));
      scratch_.resize(sizeof bits);
      std::memcpy(scratch_.data(), &bits, sizeof bits);
      return scratch_;
    }
    case Form::Json: {
      scratch_.clear();
      if (columns_.size() == 1) {
        appendValueText(scratch_, fields_[0], first, row);
        return scratch_;
      }
      for (std::size_t i = 0; i < columns_.size(); ++i) {
        scratch_ += (i == 0 ? "{" : ",") + json::quote(fields_[i].name) + ":";
        appendValueText(scratch_, fields_[i], batch.column(columns_[i]), row);
      }
      scratch_ += "}";
      return scratch_;
    }
    case Form::Text:  // placeText
    case Form::State: break;
  }
  return stateKey_->key(row);
}

}  // namespace weir::runtime
