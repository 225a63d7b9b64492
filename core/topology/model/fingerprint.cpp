#include "core/topology/model/fingerprint.hpp"

#include <algorithm>
#include <vector>

namespace weir::topology {

void Fingerprint::addByte(unsigned char byte) {
  constexpr Bits kPrime = (static_cast<Bits>(1) << 88) + 0x13B;
  state_ = (state_ ^ byte) * kPrime;
}

Fingerprint& Fingerprint::add(std::string_view text) {
  for (std::size_t length = text.size(), i = 0; i < sizeof(length); ++i) {
    addByte(static_cast<unsigned char>(length >> (8 * i)));
  }
  for (const char c : text) addByte(static_cast<unsigned char>(c));
  return *this;
}

Fingerprint& Fingerprint::add(const json::Value& value) {
  addByte(static_cast<unsigned char>(value.kind()));
  switch (value.kind()) {
    case json::Kind::Null: break;
    case json::Kind::Boolean: addByte(value.asBoolean() ? 1 : 0); break;
    case json::Kind::Number:
    case json::Kind::Text: add(value.asText()); break;
    case json::Kind::List:
      add(std::to_string(value.items().size()));
      for (const json::Value& item : value.items()) add(item);
      break;
    case json::Kind::Object: {
      std::vector<const json::Member*> members;
      for (const json::Member& member : value.members()) members.push_back(&member);
      std::sort(members.begin(), members.end(),
                [](const json::Member* left, const json::Member* right) { return left->name < right->name; });
      add(std::to_string(members.size()));
      for (const json::Member* const member : members) add(member->name).add(member->value);
      break;
    }
  }
  return *this;
}

Fingerprint& Fingerprint::add(const Schema& schema) {
  return add(typeName(DataType::structure(schema.fields)));
}

std::string Fingerprint::text() const {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (int shift = 124; shift >= 0; shift -= 4) out += kHex[static_cast<unsigned>(state_ >> shift) & 15U];
  return out;
}

}  // namespace weir::topology
