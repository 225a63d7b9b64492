// How long a test waits for what another thread or process does. Qt's own five seconds are short on a machine that is
// busy with other things; what is tested is that something comes, not when.
#pragma once

#include <QTest>

inline constexpr int kPatience = 60'000;  // milliseconds

#undef QTRY_VERIFY
#define QTRY_VERIFY(expression) QTRY_VERIFY_WITH_TIMEOUT(expression, kPatience)
#undef QTRY_COMPARE
#define QTRY_COMPARE(value, expected) QTRY_COMPARE_WITH_TIMEOUT(value, expected, kPatience)
