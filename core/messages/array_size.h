#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>

namespace finebrush::messages {

/// The product of the factors, or nothing where one is negative or the product does not fit.
inline std::optional<uint64_t> checkedProduct(std::initializer_list<int64_t> factors) {
    uint64_t product = 1;
    for (const int64_t factor : factors) {
        if (factor < 0 || __builtin_mul_overflow(product, static_cast<uint64_t>(factor), &product)) {
            return std::nullopt;
        }
    }
    return product;
}

}  // namespace finebrush::messages
