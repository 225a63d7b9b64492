// A file that holds exactly what has been committed to it, once its writer has recovered.
//
// It is made when its first record comes. Until the first commit it stands beside its place, as PATH.OWNER.uncommitted,
// so that neither a file that was there before is lost nor a reader sees rows that may never be committed. From then on
// rows are appended to PATH; after a crash `recover` cuts off what was not committed.
//
// Nothing is destroyed that it was not given: links, devices, FIFOs and folders are refused, and a file of somebody
// else is replaced only where that was asked for, at the first commit, and never while another sink writes it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "plugins/file/committed_end.hpp"
#include "plugins/file/descriptor.hpp"

namespace weir::file {

class OutputFile {
 public:
  enum class Existing : std::uint8_t { Refuse, Replace };

  // `owner` tells this writer from all others, of other homes too: what it left behind uncommitted is its own.
  OutputFile(std::string path, Existing existing, std::string_view owner = {});

  // Goes on from the last commit (idempotent), or begins anew when `blob` is empty.
  void recover(std::string_view blob);
  void append(std::string_view record);
  // Everything appended so far is durable when this returns: what `recover` needs to come back here. The same as
  // before, and without touching the disk, where nothing has been appended.
  const std::string& prepareCommit();
  // The last blob is durable too.
  void committed();

  // PATH.uncommitted, where the first version kept what was not committed yet: the file that is there, or nothing.
  // It may be a stranger's, and is never touched.
  std::string leftBehind() const;
  std::uint64_t length() const { return written_ + buffer_.size(); }

 private:
  void beginAnew();
  void make();
  void removeBeginning();
  void checkFolder() const;
  void openCommitted(const CommittedEnd& end);
  [[noreturn]] void refuseOther(const CommittedEnd& end, bool there, std::uint64_t size) const;
  bool tryOpen(const std::string& path);
  bool checkPlace() const;
  void checkStillThere() const;
  void continueAt(const std::string& path, std::uint64_t length, std::uint64_t size);
  void moveToPlace();
  void lock(const std::string& path);
  void flush();
  void syncFolder();
  std::string tailHash(std::uint64_t length) const;
  [[noreturn]] void failWriting(const char* what) const;

  std::string path_;
  std::string beginning_;  // where it stands before the first commit
  Existing existing_;
  Descriptor file_;
  std::string buffer_;
  std::string blob_;  // of the last commit that was prepared; empty: there is nothing to come back to
  std::uint64_t written_ = 0;
  std::uint64_t preparedLength_ = 0;
  std::uint64_t committedLength_ = 0;
  bool unsynced_ = false;
  bool prepared_ = false;
  bool inPlace_ = false;
};

}  // namespace weir::file
