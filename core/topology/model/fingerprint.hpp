// 128 bits that tell values apart (FNV-1a). Against accidents, not against malice.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/json.hpp"
#include "weir/sdk/types.hpp"

namespace weir::topology {

class Fingerprint {
 public:
  // Each with its length, so that "ab" + "c" differs from "a" + "bc".
  Fingerprint& add(std::string_view text);
  // Whatever the order of an object's members.
  Fingerprint& add(const json::Value& value);
  Fingerprint& add(const Schema& schema);

  // 32 hexadecimal digits.
  std::string text() const;

 private:
  void addByte(unsigned char byte);

  __extension__ using Bits = unsigned __int128;
  Bits state_ = (static_cast<Bits>(0x6C62272E07BB0142ULL) << 64) | 0x62B821756295C58DULL;
};

}  // namespace weir::topology
