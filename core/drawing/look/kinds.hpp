// What silhouettes, marks and colours stand for.
#pragma once

#include <cstddef>
#include <cstdint>

namespace weir::drawing {

// Windows and joins are one kind.
enum class NodeKind : std::uint8_t { Source, Stateless, Stateful, Window, Sink, Topic };
inline constexpr std::size_t kNodeKindCount = 6;

enum class PortMark : std::uint8_t { Circle, Diamond, Square, Triangle };  // stream, keyed, table, late or dead letter

}  // namespace weir::drawing
