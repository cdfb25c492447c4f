namespace KustomerAdmin.Controls;

public enum LoadStatus
{
    Loading,
    Ready,
    Failed,
}
