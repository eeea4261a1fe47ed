namespace nanoFramework.Runtime.Events
{
    public static class CustomEvent
    {
        public static extern event CustomEventPostedEventHandler CustomEventPosted;
    }
}
