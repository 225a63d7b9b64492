// The table of all commands. Menus, the command list, the list of shortcuts and the tool bar are made from it.
#pragma once

#include <cstdint>
#include <span>

namespace weir::designer {

enum class MenuId : std::uint8_t { File, Edit, View, Insert, Arrange, Run, Help };
inline constexpr int kMenuCount = 7;

// Where the shortcut works: in the whole window, or (single letters, Delete) only on the canvas.
enum class ActionScope : std::uint8_t { Window, Canvas };

// What is under the pointer when a context menu of the canvas is asked for.
inline constexpr std::uint8_t kOnCanvas = 1;
inline constexpr std::uint8_t kOnNode = 2;
inline constexpr std::uint8_t kOnWire = 4;
inline constexpr std::uint8_t kOnGroup = 8;
inline constexpr std::uint8_t kOnComment = 16;
inline constexpr std::uint8_t kOnSeveral = 32;
inline constexpr std::uint8_t kOnPort = 64;
inline constexpr std::uint8_t kOnPart = 128;  // beside kOnNode: it uses the file of a part

struct ActionSpec {
  const char* id;
  MenuId menu;
  const char* text;            // to be translated in the context "Actions"
  const char* shortcuts = "";  // portable text; several are parted by " | ", steps of a chord by ", "
  const char* icon = "";
  ActionScope scope = ActionScope::Window;
  std::uint8_t under = 0;  // in which context menus it is: several of the above
  bool separatorBefore = false;
  bool checkable = false;
  const char* keywords = "";  // other words that find it in the command list; translated, too
};

std::span<const ActionSpec> actionTable();

}  // namespace weir::designer
