using KustomerAdmin.Sandbox.Access;
using KustomerAdmin.Sandbox.Data;
using KustomerAdmin.Sandbox.Writing;

namespace KustomerAdmin.Sandbox.Api;

internal static class CustomerEndpoints
{
    public static void Map(ApiRoutes routes)
    {
        routes.Get("/v1/customers", RoleRule.Customers, List);
        routes.Get("/v1/customers/email={value}", RoleRule.Customers, By(CustomerProfile.IndexOfEmail, CustomerProfile.Email, static _ => true));
        routes.Get("/v1/customers/phone={value}", RoleRule.Customers, By(CustomerProfile.IndexOfPhone, CustomerProfile.Phone, CustomerProfile.HasPhone));
        routes.Get("/v1/customers/externalId={value}", RoleRule.Customers, By(CustomerProfile.IndexOfExternalId, CustomerProfile.ExternalId, CustomerProfile.HasExternalId));
        routes.Get("/v1/customers/{id}", RoleRule.Customers, Get);
        routes.Get("/v1/customers/{id}/conversations", RoleRule.Conversations, Conversations);
        routes.Get("/v1/customers/{id}/events", RoleRule.Events, static call => ApiError.NotFound("This endpoint is deprecated"));
    }

    private static ApiAnswer List(ApiCall call)
    {
        var store = call.Store;
        return ApiList.Of(call, store.CustomersById.Count, (json, rank) => CustomerWriter.Write(json, store, store.Customer(store.CustomersById[rank])), hasTotal: true);
    }

    private static ApiAnswer Get(ApiCall call)
    {
        var id = call.Route("id");
        return call.Store.FindCustomer(id) is { } found ? ApiAnswer.One(json => CustomerWriter.Write(json, call.Store, found)) : call.Missing("customer", id);
    }

    private static ApiAnswer Conversations(ApiCall call)
    {
        var id = call.Route("id");
        if (call.Store.FindCustomer(id) is not { } customer)
        {
            return call.Missing("customer", id);
        }

        var from = long.MinValue;
        if (call.Query("fromDate") is { } text)
        {
            if (!DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var date))
            {
                return ApiError.BadRequest("fromDate must be a date-time");
            }

            from = date.ToUnixTimeMilliseconds();
        }

        var all = customer.Conversations.Select(position => call.Store.FindByPosition(position)).OfType<Conversation>().Where(item => item.CreatedAt >= from).ToList();
        return ApiList.Of(call, all.Count, (json, position) => ConversationWriter.Write(json, call.Store, all[position]));
    }

    private static Func<ApiCall, ApiAnswer> By(Func<string, int> indexOf, Func<Customer, string> valueOf, Predicate<Customer> has) => call =>
    {
        var value = call.Route("value");
        var index = indexOf(value);
        var found = index >= 0 && index < call.Store.Customers ? call.Store.Customer(index) : null;
        return found is not null && has(found) && string.Equals(valueOf(found), value, StringComparison.OrdinalIgnoreCase)
            ? ApiAnswer.One(json => CustomerWriter.Write(json, call.Store, found))
            : ApiError.NotFound("customer was not found");
    };
}
