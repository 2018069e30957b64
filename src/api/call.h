// call(f): an endpoint's handler out of an ordinary typed function. Templates end here; the rest of api is plain code.
//   Result<Out> f(Transaction&, const Caller&)                 Result<Out> f(Transaction&, const Caller&, const In&)
//   the same with Store& instead of Transaction& for endpoints that compute, and with what a room holds in memory before it
// In: a described struct (path, query and body fields together), Patch<T>, ListOf<T>, Bytes<T>, or the Request as it is.
// Out: Done (no content), a described struct, Page<T>, Raw, or Reply<T> of a described struct.
#pragma once

#include <memory>

#include "api/api.h"
#include "api/list.h"
#include "json/json.h"

namespace greenbank {

/// Refuses every parameter of an address that takes none.
Result<Done> bind_nothing(const Request& request);
/// Sets the fields of `value` from the path and from the query (GET, DELETE) or the JSON body; validates everything.
Result<Done> bind_request(const Request& request, const Record& record, void* value);
/// 200 with JSON, an ETag where the record has a version.
Response json_response(const Record& record, const void* value);
Response page_response(const Record& item, const std::vector<const void*>& items, const std::optional<std::string>& next, std::int64_t total);

namespace detail {

template <class F> struct Signature : Signature<decltype(&F::operator())> {};
template <class R, class X> struct Signature<Result<R> (*)(X&, const Caller&)> {
    using Out = R;
    using In = void;
    using Door = X;
};
template <class R, class X, class I> struct Signature<Result<R> (*)(X&, const Caller&, const I&)> {
    using Out = R;
    using In = I;
    using Door = X;
};
template <class C, class R, class X> struct Signature<Result<R> (C::*)(X&, const Caller&) const> {
    using Out = R;
    using In = void;
    using Door = X;
};
template <class C, class R, class X, class I> struct Signature<Result<R> (C::*)(X&, const Caller&, const I&) const> {
    using Out = R;
    using In = I;
    using Door = X;
};

template <class In> struct Read {
    static void describe(Handler& handler) {
        handler.request = []() -> const Record& { return record_of<In>(); };
    }
    static Result<In> from(const Request& request) {
        In in{};
        auto bound = bind_request(request, record_of<In>(), &in);
        if (!bound) return bound.error();
        return in;
    }
};
template <class T> struct Read<Patch<T>> {
    static void describe(Handler& handler) {
        handler.request = []() -> const Record& { return record_of<T>(); };
        handler.patch = true;
    }
    static Result<Patch<T>> from(const Request& request) {
        auto nothing = bind_nothing(request);
        if (!nothing) return nothing.error();
        return Patch<T>{Id<T>(request.path_values.at(0).second), request.body};
    }
};
template <class T> struct Read<ListOf<T>> {
    static void describe(Handler& handler) {
        handler.listed = []() -> const Record& { return record_of<T>(); };
        handler.paged = true;
    }
    static Result<ListOf<T>> from(const Request& request) {
        ListOf<T> list;
        auto bound = bind_list(request, record_of<T>(), list);
        if (!bound) return bound.error();
        return list;
    }
};

template <class T> struct Read<Bytes<T>> {
    static void describe(Handler& handler) {
        Read<T>::describe(handler);
        handler.raw_body = true;
    }
    static Result<Bytes<T>> from(const Request& request) {
        Request without_body = request;
        without_body.has_body = false;
        auto fields = Read<T>::from(without_body);
        if (!fields) return fields.error();
        return Bytes<T>{std::move(fields).value(), request.content_type, request.body};
    }
};
template <> struct Read<Request> {
    static void describe(Handler& handler) { handler.raw_body = true; }
    static Result<Request> from(const Request& request) { return request; }
};

template <class Out> struct Write {
    static void describe(Handler& handler) {
        handler.reply = []() -> const Record& { return record_of<Out>(); };
    }
    static Response from(const Out& out) { return json_response(record_of<Out>(), &out); }
};
template <> struct Write<Done> {
    static void describe(Handler&) {}
    static Response from(const Done&) { return {.status = 204, .content_type = ""}; }
};
template <> struct Write<Raw> {
    static void describe(Handler& handler) { handler.raw_type = "application/octet-stream"; }
    static Response from(Raw out) { return {out.status, std::move(out.content_type), std::move(out.body), std::move(out.headers)}; }
};
template <> struct Write<Response> {
    static void describe(Handler& handler) {
        if (handler.raw_type.empty()) handler.raw_type = "text/event-stream";
    }
    static Response from(Response out) { return out; }
};
template <class T> struct Write<Reply<T>> {
    static void describe(Handler& handler) { Write<T>::describe(handler); }
    static Response from(Reply<T> out) {
        Response response = Write<T>::from(out.body);
        response.status = out.status;
        response.keep = out.keep;
        for (Header& header : out.headers) response.headers.push_back(std::move(header));
        return response;
    }
};
template <class T> struct Write<Page<T>> {
    static void describe(Handler& handler) {
        if (!handler.listed) handler.listed = []() -> const Record& { return record_of<T>(); };
    }
    static Response from(const Page<T>& page) {
        std::vector<const void*> items;
        for (const T& item : page.items) items.push_back(&item);
        return page_response(record_of<T>(), items, page.next, page.total);
    }
};

} // namespace detail

template <class F> Handler call(F function) {
    using Shape = detail::Signature<F>;
    using In = typename Shape::In;
    using Out = typename Shape::Out;
    using Door = typename Shape::Door;
    Handler handler;
    detail::Write<Out>::describe(handler);
    if constexpr (!std::is_void_v<In>) detail::Read<In>::describe(handler);
    auto prepare = [function](const Request& request) -> Result<std::function<Result<Response>(Door&, const Caller&)>> {
        const auto answer = [](Result<Out> out) -> Result<Response> {
            if (!out) return std::move(out.error());
            return detail::Write<Out>::from(std::move(out).value());
        };
        using Prepared = std::function<Result<Response>(Door&, const Caller&)>;
        if constexpr (std::is_void_v<In>) {
            auto nothing = bind_nothing(request);
            if (!nothing) return nothing.error();
            return Prepared([function, answer](Door& door, const Caller& caller) { return answer(function(door, caller)); });
        } else {
            auto in = detail::Read<In>::from(request);
            if (!in) return std::move(in.error());
            auto held = std::make_shared<const In>(std::move(in).value());
            return Prepared([function, answer, held](Door& door, const Caller& caller) { return answer(function(door, caller, *held)); });
        }
    };
    if constexpr (std::is_same_v<Door, Transaction>) handler.prepare_transaction = prepare;
    else handler.prepare_outside = prepare;
    return handler;
}

/// The same of functions that take what their room holds in memory before everything else: call(book, loan_draw).
template <class Held, class Taken, class Out, class Door> Handler call(Held& held, Result<Out> (*function)(Taken&, Door&, const Caller&)) {
    return call([&held, function](Door& door, const Caller& caller) -> Result<Out> { return function(held, door, caller); });
}
template <class Held, class Taken, class Out, class Door, class In> Handler call(Held& held, Result<Out> (*function)(Taken&, Door&, const Caller&, const In&)) {
    return call([&held, function](Door& door, const Caller& caller, const In& in) -> Result<Out> { return function(held, door, caller, in); });
}

/// The same handler, whose answer is a file of that type.
inline Handler as_file(std::string_view content_type, Handler handler) {
    handler.raw_type = content_type;
    return handler;
}

/// The stored record with the patch applied and validated; If-Match is checked here.
template <class T> Result<T> apply_patch(Transaction& transaction, const Caller& caller, const Patch<T>& patch) {
    T value = TRY(transaction.get(patch.id));
    if constexpr (requires { value.version; }) TRY(check_expected(caller, value.version));
    auto read = read_json(patch.json, record_of<T>(), &value, {.partial = true});
    if (!read) return read.error();
    return value;
}

} // namespace greenbank
