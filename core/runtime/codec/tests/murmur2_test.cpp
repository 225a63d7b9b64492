// Placement equals that of the real Java client (the vectors' generator lies beside them).
#include <QFile>

#include "core/base/murmur2.hpp"
#include "tests/program/places.hpp"
#include "tests/program/test.hpp"

class Murmur2Test : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void everyVectorOfTheJavaClientHolds();
};

void Murmur2Test::everyVectorOfTheJavaClientHolds() {
  QFile file(weir::places::inRepository("tests/vectors/murmur2/vectors.tsv"));
  QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
  int vectors = 0;
  for (const QByteArray& line : file.readAll().split('\n')) {
    if (line.isEmpty() || line.startsWith('#')) continue;
    const QList<QByteArray> fields = line.split('\t');
    QCOMPARE(fields.size(), 7);
    const std::string key = QByteArray::fromHex(fields[1]).toStdString();
    QCOMPARE(static_cast<std::int32_t>(weir::murmur2(key)), fields[2].toInt());
    const int partitions[] = {1, 7, 12, 1000};
    for (int i = 0; i < 4; ++i) QCOMPARE(weir::partitionOf(key, partitions[i]), fields[3 + i].toInt());
    ++vectors;
  }
  QVERIFY(vectors > 300);
}

WEIR_TEST(Murmur2Test)
#include "murmur2_test.moc"
