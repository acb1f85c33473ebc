#include "core/checkpoint/pickle_globals.h"

#include "core/checkpoint/malformed.h"

namespace finebrush {

namespace {

struct NamedValue {
    std::string_view module;
    std::string_view name;
    std::variant<PickleCallable, torch::ScalarType> value;
};

constexpr NamedValue kAllowed[] = {
    {"collections", "OrderedDict", PickleCallable::OrderedDict},
    {"torch._utils", "_rebuild_tensor_v2", PickleCallable::RebuildTensor},
    {"torch._utils", "_rebuild_parameter", PickleCallable::RebuildParameter},
    {"torch", "Size", PickleCallable::Size},
    {"torch", "FloatStorage", torch::kFloat},
    {"torch", "HalfStorage", torch::kHalf},
    {"torch", "BFloat16Storage", torch::kBFloat16},
    {"torch", "DoubleStorage", torch::kDouble},
    {"torch", "LongStorage", torch::kLong},
    {"torch", "IntStorage", torch::kInt},
    {"torch", "ShortStorage", torch::kShort},
    {"torch", "CharStorage", torch::kChar},
    {"torch", "ByteStorage", torch::kByte},
    {"torch", "BoolStorage", torch::kBool},
};

}  // namespace

PickleValue allowedGlobal(std::string_view module, std::string_view name) {
    for (const NamedValue& allowed : kAllowed) {
        if (allowed.module != module || allowed.name != name) continue;
        if (const auto* type = std::get_if<torch::ScalarType>(&allowed.value))
            return PickleStorageType{*type};
        return std::get<PickleCallable>(allowed.value);
    }
    throw MalformedCheckpoint("refused: file asks for Python object '" + printable(module) + "." +
                              printable(name) + "', which is not tensor data");
}

}  // namespace finebrush
