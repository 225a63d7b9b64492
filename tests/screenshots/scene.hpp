// The designer with one window, to put into a state and take a picture of.
#pragma once

#include <QDir>
#include <QSize>
#include <QTemporaryDir>
#include <functional>

#include "app/designer_main/designer_app.hpp"
#include "designer/ui/shell/settings/language.hpp"

namespace weir::designer {

class CanvasView;
class TopologyPage;
class InspectorPanel;
class MainWindow;

inline constexpr QSize kUsualSize(1280, 800);

class Scene {
 public:
  Scene(ThemeSetting theme, const QString& language, const QDir& pictures);

  // A copy of a file, in the only tab, checked and seen as a whole.
  void open(const QString& path);
  void openText(const char* topology);
  void select(const std::string& id);
  // Lets everything settle: checks, layouts, what moves.
  void settle();
  void waitFor(const std::function<bool()>& isTrue);

  MainWindow& window();
  TopologyPage& page();
  CanvasView& canvas();
  InspectorPanel& inspector();
  QPoint portAt(const std::string& node, const std::string& port, bool output);  // in the window of the canvas
  void key(int key, Qt::KeyboardModifiers modifiers = {});                       // to whatever has the focus
  void type(const QString& text);

  // The window, or the dialog that is open.
  void take(const QString& name);

 private:
  QTemporaryDir folder_;
  QDir pictures_;
  Settings settings_;
  Language language_;
  DesignerApp designer_;
  int copies_ = 0;
};

}  // namespace weir::designer
