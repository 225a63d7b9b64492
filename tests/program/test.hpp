// What every test begins with: Qt Test, and how a file says its class. WeirTest.cmake finds it by that.
#pragma once

#include <QTest>

#define WEIR_TEST(Class)                    \
  int run##Class(int argc, char** argv);    \
  int run##Class(int argc, char** argv) {   \
    Class test;                             \
    return QTest::qExec(&test, argc, argv); \
  }
