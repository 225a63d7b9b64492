#include <QtTest>
class Empty : public QObject {
  Q_OBJECT
};
QTEST_APPLESS_MAIN(Empty)
#include "time_walker_test.moc"
