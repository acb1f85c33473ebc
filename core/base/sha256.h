#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

struct evp_md_ctx_st;

namespace finebrush {

/// The SHA-256 (FIPS 180-4) of bytes that come one part after another.
class Sha256 {
  public:
    Sha256();

    void add(std::span<const uint8_t> bytes);
    /// 64 lower-case hexadecimal digits; nothing is added afterwards.
    std::string digest();

  private:
    std::unique_ptr<evp_md_ctx_st, void (*)(evp_md_ctx_st*)> context_;
};

/// The digest of bytes that are all here.
std::string sha256(std::span<const uint8_t> bytes);

}  // namespace finebrush
