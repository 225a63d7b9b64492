#include "designer/ui/shell/settings/english.hpp"

namespace weir::designer {

QString English::translate(const char* /*context*/, const char* text, const char* /*hint*/, int number) const {
  if (number < 0) return {};
  const bool one = number == 1;
  return QString::fromUtf8(text)
      .replace(QStringLiteral("(s)"), one ? QString() : QStringLiteral("s"))
      .replace(QStringLiteral("(ies)"), one ? QStringLiteral("y") : QStringLiteral("ies"));
}

}  // namespace weir::designer
