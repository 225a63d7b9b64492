// What every test begins with: Qt Test, and how a file says its class. WeirTest.cmake finds it by that.
#pragma once

#include <QTest>

#include <string>
#include <string_view>

// QCOMPARE says both values, which Qt does for its own strings alone.
template <>
inline char* QTest::toString(const std::string_view& text) {
  return QTest::toString(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
}
template <>
inline char* QTest::toString(const std::string& text) {
  return QTest::toString(std::string_view(text));
}

#define WEIR_TEST(Class)                    \
  int run##Class(int argc, char** argv);    \
  int run##Class(int argc, char** argv) {   \
    Class test;                             \
    return QTest::qExec(&test, argc, argv); \
  }
