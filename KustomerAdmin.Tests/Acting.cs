using Bunit;
using Microsoft.AspNetCore.Components;

namespace KustomerAdmin.Tests;

internal static class Acting
{
    /// <summary>
    /// Finds something and acts on it in one turn of the renderer. In two, what comes from outside (an answer of Kustomer's, an event) may render in between,
    /// and what was found is no longer there.
    /// </summary>
    public static Task ActAsync<T>(this IRenderedComponent<T> shown, Func<IRenderedComponent<T>, Task> act)
        where T : IComponent => shown.InvokeAsync(() => act(shown));
}
