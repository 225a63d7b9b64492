#include "runtime/codec/schema_versions.hpp"

#include <algorithm>

#include "base/type_name.hpp"
#include "runtime/codec/block_format.hpp"

namespace weir::runtime {

Result<SchemaVersions> SchemaVersions::parse(std::string_view description) {
  SchemaVersions versions;
  while (!description.empty()) {
    const std::string_view line = description.substr(0, description.find('\n'));
    description.remove_prefix(std::min(description.size(), line.size() + 1));
    auto type = parseType(line);
    if (!type) return type.error();
    if (type->id != TypeId::Struct) return configError("'" + std::string(line) + "' does not describe rows.");
    versions.all_.push_back(Schema{std::move(type->children)});
  }
  return versions;
}

std::string SchemaVersions::description() const {
  std::string text;
  for (const Schema& schema : all_) {
    if (!text.empty()) text += '\n';
    text += typeName(DataType::structure(schema.fields));
  }
  return text;
}

void SchemaVersions::add(const Schema& schema) {
  const std::uint64_t fingerprint = fingerprintOf(schema);
  std::erase_if(all_, [&](const Schema& known) { return fingerprintOf(known) == fingerprint; });
  all_.push_back(schema);
}

const Schema* SchemaVersions::find(std::uint64_t fingerprint) const {
  const auto found = std::find_if(all_.begin(), all_.end(),
                                  [&](const Schema& schema) { return fingerprintOf(schema) == fingerprint; });
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
