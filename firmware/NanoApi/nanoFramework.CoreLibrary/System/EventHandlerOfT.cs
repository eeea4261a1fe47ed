namespace System
{
    public delegate void EventHandler<TEventArgs>(object sender, TEventArgs e);
}
