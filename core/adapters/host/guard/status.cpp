#include "core/adapters/host/guard/status.hpp"

namespace weir::host {

weir_status statusOf(const Error& error) {
  switch (error.kind) {
    case ErrorKind::Config: return WEIR_ERROR_CONFIG;
    case ErrorKind::Retryable: return WEIR_ERROR_RETRYABLE;
    case ErrorKind::Corrupt:
    case ErrorKind::Fatal: return WEIR_ERROR_FATAL;
  }
  return WEIR_ERROR_FATAL;
}

Error errorOf(weir_status status, const std::string& where, const std::string& text) {
  const auto message = [&](const char* unsaid) { return where + ": " + (text.empty() ? unsaid : text); };
  switch (status) {
    case WEIR_ERROR_CONFIG:
      return configError(message("the operator refused its parameters or its input without saying why."));
    case WEIR_ERROR_RETRYABLE: return retryableError(message("the operator failed for now without saying why."));
    case WEIR_ERROR_POISON: return fatalError(message("the operator refused rows without saying why."));
    case WEIR_ERROR_FATAL: return fatalError(message("the operator failed without saying why."));
    case WEIR_ERROR_UNSUPPORTED: return configError(message("the operator does not offer this call."));
    default:
      return fatalError(where + ": the operator answered " + std::to_string(status) +
                        ", which is no answer to this call. Its plugin has a defect.");
  }
}

LogLevel levelOf(weir_log_level level) {
  switch (level) {
    case WEIR_LOG_DEBUG: return LogLevel::Debug;
    case WEIR_LOG_INFO: return LogLevel::Info;
    case WEIR_LOG_WARNING: return LogLevel::Warning;
    case WEIR_LOG_ERROR: return LogLevel::Error;
    case WEIR_LOG_MISBEHAVIOUR: return LogLevel::Misbehaviour;
  }
  return LogLevel::Misbehaviour;
}

}  // namespace weir::host
