#include "designer/ui/shell/commands/canvas_keys.hpp"

#include <QtGlobal>

namespace weir::designer {

namespace {

constexpr KeyHint kKeys[] = {
    {QT_TRANSLATE_NOOP("CanvasKeys", "Go to the nearest part"), QT_TRANSLATE_NOOP("CanvasKeys", "← → ↑ ↓")},
    {QT_TRANSLATE_NOOP("CanvasKeys", "Follow wires"), QT_TRANSLATE_NOOP("CanvasKeys", "Alt+← → ↑ ↓")},
    {QT_TRANSLATE_NOOP("CanvasKeys", "Select the nearest part, too"), QT_TRANSLATE_NOOP("CanvasKeys", "Shift+← → ↑ ↓")},
    {QT_TRANSLATE_NOOP("CanvasKeys", "Move what is selected"), QT_TRANSLATE_NOOP("CanvasKeys", "Ctrl+← → ↑ ↓")},
    {QT_TRANSLATE_NOOP("CanvasKeys", "Move what is selected further"),
     QT_TRANSLATE_NOOP("CanvasKeys", "Ctrl+Shift+← → ↑ ↓")},
    {QT_TRANSLATE_NOOP("CanvasKeys", "Properties"), QT_TRANSLATE_NOOP("CanvasKeys", "Enter")},
    {QT_TRANSLATE_NOOP("CanvasKeys", "Commands for what is selected"), QT_TRANSLATE_NOOP("CanvasKeys", "Menu")},
    {QT_TRANSLATE_NOOP("CanvasKeys", "Cancel, or select nothing"), QT_TRANSLATE_NOOP("CanvasKeys", "Esc")},
    {QT_TRANSLATE_NOOP("CanvasKeys", "Move the view"), QT_TRANSLATE_NOOP("CanvasKeys", "Space+drag")},
    {QT_TRANSLATE_NOOP("CanvasKeys", "Zoom at the mouse"), QT_TRANSLATE_NOOP("CanvasKeys", "Ctrl+wheel")},
    {QT_TRANSLATE_NOOP("CanvasKeys", "Select one more, or no more"), QT_TRANSLATE_NOOP("CanvasKeys", "Shift+click")},
    {QT_TRANSLATE_NOOP("CanvasKeys", "Pull a node out of its wires"), QT_TRANSLATE_NOOP("CanvasKeys", "Shift+drag")},
};

}  // namespace

std::span<const KeyHint> canvasKeys() {
  return kKeys;
}

}  // namespace weir::designer
