#include "ui/shell/english.hpp"

namespace weir::designer {

QString English::translate(const char* /*context*/, const char* text, const char* /*hint*/, int number) const {
  if (number < 0) return {};
  return QString::fromUtf8(text).replace(QStringLiteral("(s)"), number == 1 ? QString() : QStringLiteral("s"));
}

}  // namespace weir::designer
