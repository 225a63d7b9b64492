#include "core/runtime/codec/schema_versions.hpp"

#include <algorithm>

#include "core/base/type_name.hpp"
#include "core/runtime/codec/block_format.hpp"

namespace weir::runtime {

namespace {

constexpr std::string_view kRecords = "records ";

std::string lineOf(const RowVersion& version) {
  const std::string type = typeName(DataType::structure(version.schema.fields));
  if (!version.format) return type;
  return std::string(kRecords) + version.format->use + " " + version.format->params + "\t" + type;
}

Result<RowVersion> versionOf(std::string_view line) {
  RowVersion version;
  std::string_view rows = line;
  if (line.starts_with(kRecords)) {
    // Neither a name nor JSON on one line has a tab in it.
    const std::string_view format = line.substr(kRecords.size(), line.find('\t') - kRecords.size());
    const std::size_t space = format.find(' ');
    rows.remove_prefix(std::min(line.size(), kRecords.size() + format.size() + 1));
    if (space == std::string_view::npos) return configError("'" + std::string(line) + "' does not name a format.");
    version.format = RecordFormat{std::string(format.substr(0, space)), std::string(format.substr(space + 1))};
  }
  auto type = parseType(rows);
  if (!type) return type.error();
  if (type->id != TypeId::Struct) return configError("'" + std::string(line) + "' does not describe rows.");
  version.schema = Schema{std::move(type->children)};
  return version;
}

}  // namespace

std::uint64_t fingerprintOf(const RowVersion& version) {
  return fingerprintOf(version.format ? recordColumns(version) : version.schema);
}

Schema recordColumns(const RowVersion& version) {
  return Schema{{{lineOf(version), TypeId::Bytes, true}}};
}

Result<SchemaVersions> SchemaVersions::parse(std::string_view description) {
  SchemaVersions versions;
  while (!description.empty()) {
    const std::string_view line = description.substr(0, description.find('\n'));
    description.remove_prefix(std::min(description.size(), line.size() + 1));
    auto version = versionOf(line);
    if (!version) return version.error();
    versions.all_.push_back(std::move(*version));
  }
  return versions;
}

std::string SchemaVersions::description() const {
  std::string text;
  for (const RowVersion& version : all_) {
    if (!text.empty()) text += '\n';
    text += lineOf(version);
  }
  return text;
}

void SchemaVersions::add(const RowVersion& version) {
  const std::uint64_t fingerprint = fingerprintOf(version);
  std::erase_if(all_, [&](const RowVersion& known) { return fingerprintOf(known) == fingerprint; });
  all_.push_back(version);
}

const RowVersion* SchemaVersions::find(std::uint64_t fingerprint) const {
  const auto found = std::find_if(all_.begin(), all_.end(),
                                  [&](const RowVersion& version) { return fingerprintOf(version) == fingerprint; });
  return found == all_.end() ? nullptr : &*found;
}

std::optional<std::string> whyUnreadable(const Schema& written, const Schema& wanted) {
  for (const Field& field : wanted.fields) {
    const std::optional<std::size_t> place = written.find(field.name);
    if (!place) {
      if (field.nullable) continue;
      return "they have no column '" + field.name + "', which must not be null";
    }
    const Field& before = written.fields[*place];
    if (typeName(before.type) != typeName(field.type)) {
      return "their column '" + field.name + "' is of type " + typeName(before.type) + " and not " +
             typeName(field.type);
    }
    if (before.nullable && !field.nullable) {
      return "their column '" + field.name + "' may be null, and must not be any more";
    }
  }
  return std::nullopt;
}

}  // namespace weir::runtime
