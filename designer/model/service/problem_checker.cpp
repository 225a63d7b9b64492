#include "designer/model/service/problem_checker.hpp"

namespace weir::designer {

ProblemChecker::ProblemChecker(MakeDeriver makeDeriver, QObject* parent)
    : QObject(parent), makeDeriver_(std::move(makeDeriver)), worker_(new QObject) {
  qRegisterMetaType<Snapshot>();
  qRegisterMetaType<Checked>();
  worker_->moveToThread(&thread_);
  connect(&thread_, &QThread::finished, worker_, &QObject::deleteLater);
  thread_.setObjectName("problems");
  thread_.start();
}

ProblemChecker::~ProblemChecker() {
  thread_.quit();
  thread_.wait();
}

void ProblemChecker::check(Snapshot snapshot, CatalogRef catalog, const QString& file) {
  if (deriverCatalog_ != catalog) {
    deriverCatalog_ = catalog;
    deriver_ = makeDeriver_ ? makeDeriver_(catalog) : topology::SchemaDeriver();
    memory_ = std::make_shared<topology::CheckMemory>();
  }
  const std::lock_guard lock(mutex_);
  const bool asked = next_.has_value();
  next_ = Question{std::move(snapshot), std::move(catalog), file.toStdString(), deriver_, memory_};
  if (!asked) QMetaObject::invokeMethod(worker_, [this] { answer(); });
}

void ProblemChecker::answer() {
  std::optional<Question> question;
  {
    const std::lock_guard lock(mutex_);
    question.swap(next_);
  }
  if (!question) return;
  topology::Surroundings around;
  around.parts = topology::partsOfThisMachine();
  around.partsFrom = question->file;
  auto outcome = std::make_shared<const topology::CheckOutcome>(
      topology::check(*question->snapshot, *question->catalog, question->deriver, question->memory.get(), around));
  // Across threads: arrives with the other events of the GUI thread.
  Q_EMIT checked(question->snapshot, outcome);
}

}  // namespace weir::designer
